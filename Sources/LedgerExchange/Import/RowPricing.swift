package import PolicySemantics
package import PolicyUnits
import RoutingLedger
import RoutingRuntime

/// Prices rows that come without a cost, from a catalog: by the one pricing function.
package struct RowPricing: Sendable {
  /// By the catalog's name and by the providers' own names.
  private let models: [String: Model]
  let fingerprint: String

  private struct Model: Sendable {
    let name: String
    let tariff: Tariff
    let priceDate: CalendarDate?
  }

  /// `upstreams` are the names providers have for the models, in the order of `vocabulary.models`; a
  /// name of the catalog comes before a provider's, and one that several models have is none.
  package init(
    _ vocabulary: Vocabulary, upstreams: [[String]], priceDates: [CalendarDate?]
  ) {
    var models: [String: Model] = [:]
    var shared: Set<String> = []
    let own = Set(vocabulary.models.map(\.name))
    for (index, entry) in vocabulary.models.enumerated() {
      let model = Model(
        name: entry.name, tariff: Tariff(entry.prices),
        priceDate: index < priceDates.count ? priceDates[index] : nil)
      models[entry.name] = model
      let others = index < upstreams.count ? Set(upstreams[index]) : []
      for other in others where !own.contains(other) {
        if models.updateValue(model, forKey: other) != nil { shared.insert(other) }
      }
    }
    for name in shared { models[name] = nil }
    self.models = models
    fingerprint = vocabulary.fingerprint
  }

  /// The catalog's name of a model, by its own or a provider's name.
  package func name(of model: String) -> String? { models[model]?.name }

  func priceDate(of model: String) -> CalendarDate? { models[model]?.priceDate }

  /// What the tokens cost on the model; nil without a price.
  ///
  /// Exact if the file tells cached tokens apart; else the most those tokens can have cost.
  func cost(of tokens: TokenEntry, on model: String, knowsParts: Bool) -> EntryCost? {
    guard let tariff = models[model]?.tariff else { return nil }
    guard knowsParts else {
      return tariff.atMost(input: tokens.input, output: tokens.output).map { .atMost($0) }
    }
    let usage = Usage(
      input: tokens.input, cachedInput: tokens.cachedInput, cacheWrite: tokens.cacheWrite,
      output: tokens.output, reasoning: tokens.reasoning)
    return tariff.cost(of: usage).map { .exact($0) }
  }
}
