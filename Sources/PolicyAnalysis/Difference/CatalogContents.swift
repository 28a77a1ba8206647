import PolicySemantics
import PolicyUnits

/// What a policy's catalog says of its models, as texts that can be compared with another's.
final class CatalogContents {
  private let vocabulary: Vocabulary
  private var models: [String?]

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    models = Array(repeating: nil, count: vocabulary.models.count)
  }

  /// Everything that can change what a call to a model may do, cost or see.
  ///
  /// Measurements (quality, acceptance, latency) change no call and are left out.
  func content(_ id: ModelID) -> String {
    if let known = models[id.index] { return known }
    let entry = vocabulary.models[id.index]
    let made = [
      entry.name, prices(entry), abilities(entry), places(entry.deployments), vocabulary.currency,
    ].joined(separator: "|")
    models[id.index] = made
    return made
  }

  /// `in $0.05, out $0.10 per 1M tokens`.
  func prices(_ entry: ModelEntry) -> String {
    let prices = entry.prices
    var parts = ["in \(price(prices.input))", "out \(price(prices.output))"]
    parts += known([
      ("cached", prices.cachedInput), ("cache writes", prices.cacheWrite),
      ("long cache writes", prices.cacheWriteLong), ("reasoning", prices.reasoning),
      ("batch in", prices.batchInput), ("batch out", prices.batchOutput),
    ])
    switch prices.batchCachedInput {
    case .price(let value): parts.append("batch cached \(price(value))")
    case .stacks: parts.append("batch cached with both discounts")
    case .some(.none): parts.append("batch cached as batch in")
    case nil: break
    }
    if let fee = prices.perRequest {
      parts.append("\(Amounts.text(fee, currency: vocabulary.currency)) a request")
    }
    for step in prices.longContext {
      let tokens = Amounts.grouped(step.threshold)
      let scope = step.appliesToWholeRequest ? "" : " for the rest"
      let more = known([
        ("cached", step.cachedInput), ("cache writes", step.cacheWrite),
        ("long cache writes", step.cacheWriteLong),
      ])
      let all = ["in \(price(step.input))", "out \(price(step.output))"] + more
      parts.append("over \(tokens) tokens \(all.joined(separator: ", "))\(scope)")
    }
    return parts.joined(separator: ", ")
  }

  /// `cached $0.01`, for those the catalog says.
  private func known(_ prices: [(name: String, price: Price?)]) -> [String] {
    prices.compactMap { name, value in value.map { "\(name) \(price($0))" } }
  }

  /// Per million tokens; exact, as a price is whole pico-units per token.
  private func price(_ price: Price?) -> String {
    guard let price else { return "unknown" }
    // A pico-unit per token is a micro-unit per million of them.
    let micros = Amounts.decimal(price.picosPerToken, scale: 6)
    return vocabulary.currency == "USD" ? "$" + micros : "\(vocabulary.currency) \(micros)"
  }

  /// `window 32,768, output 8,192, can json, tools`.
  func abilities(_ entry: ModelEntry) -> String {
    var parts = ["window \(entry.window.map(Amounts.grouped) ?? "unknown")"]
    parts.append("output \(entry.maxOutput.map(Amounts.grouped) ?? "unlimited")")
    let abilities = entry.capabilities.map(\.rawValue).sorted().joined(separator: ", ")
    parts.append("can \(abilities)")
    parts.append("tokens as \(entry.tokenizer.rawValue)")
    return parts.joined(separator: ", ")
  }

  func places(_ deployments: [Deployment]) -> String {
    deployments.map(Self.place).joined(separator: ", ")
  }

  /// `near (eu)`.
  static func place(_ deployment: Deployment) -> String {
    deployment.provider + (deployment.region.map { " (\($0))" } ?? "")
  }

  func content(_ id: EmbedderID) -> String {
    let entry = vocabulary.embedders[id.index]
    return "\(entry.name) at \(places(entry.deployments)) for \(price(entry.price))"
  }

  /// What `requested` may be: any model, in any order.
  var all: String {
    vocabulary.models.indices.map { content(ModelID($0)) }.sorted().joined(separator: "\n")
  }
}
