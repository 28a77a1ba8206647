import PolicySemantics
import PolicyUnits
import RoutingCatalog

/// Costs are exact: each price of the public list is imported to the last digit, or its model is
/// refused with a reason.
enum A4: Promise {
  static let name = "A4"
  static let text = "costs are exact: every price imported to the last digit, or refused"

  private static let keys: [(list: String, price: @Sendable (ModelPrices) -> Int64?)] = [
    ("input_cost_per_token", { $0.input?.picosPerToken }),
    ("output_cost_per_token", { $0.output?.picosPerToken }),
    ("cache_read_input_token_cost", { $0.cachedInput?.picosPerToken }),
    ("cache_creation_input_token_cost", { $0.cacheWrite?.picosPerToken }),
    ("cache_creation_input_token_cost_above_1hr", { $0.cacheWriteLong?.picosPerToken }),
    ("output_cost_per_reasoning_token", { $0.reasoning?.picosPerToken }),
    ("input_cost_per_token_batches", { $0.batchInput?.picosPerToken }),
    ("output_cost_per_token_batches", { $0.batchOutput?.picosPerToken }),
  ]

  static func tried(_ trial: Trial) async throws -> Verdict {
    let place = try trial.workplace("a4")
    guard let list = try PriceList(trial, in: place) else {
      return .notRun("there is no price list beside the checkout (../shared/data)")
    }
    var findings: [String] = []
    let entries = list.catalog.vocabulary.models + list.catalog.setAside.map(\.entry)
    let prices = Dictionary(entries.map { ($0.name, $0.prices) }, uniquingKeysWith: { a, _ in a })
    var compared = 0
    for model in list.models {
      guard let outcome = list.outcomes[model.name] else {
        findings.append("\(model.name) has no outcome")
        continue
      }
      guard outcome.outcome != "refused" else {
        if outcome.reason?.isEmpty ?? true { findings.append("\(model.name): refused, no reason") }
        continue
      }
      guard let kept = outcome.catalogName.flatMap({ prices[$0] }) else {
        findings.append("\(model.name) is said to be imported and is not in the catalog")
        continue
      }
      for (key, price) in keys {
        guard let written = model.amounts[key] else { continue }
        compared += 1
        guard let exact = written.units(places: 12), exact == price(kept) else {
          findings.append("\(model.name): \(key) is \(price(kept).map { "\($0)" } ?? "nothing")")
          continue
        }
      }
    }
    if list.outcomes.count != list.entries {
      findings.append("\(list.entries) entries, \(list.outcomes.count) outcomes")
    }
    if compared < 3000 { findings.append("only \(compared) prices compared: a blind trial") }
    return .of(
      findings,
      "\(list.entries) entries: \(list.counts.imported) imported, \(list.counts.setAside) to be "
        + "confirmed, \(list.counts.refused) refused with a reason; \(compared) prices of chat "
        + "models equal to the pico-dollar, read by a second reader")
  }
}
