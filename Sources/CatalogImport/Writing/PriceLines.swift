package import PolicySemantics
import PolicyUnits

/// The prices of one model as lines of a catalog, exactly: pico-units a token are millionths of a
/// price per million.
package struct PriceLines {
  package private(set) var lines: [String] = []

  package init(_ prices: ModelPrices) {
    add("input", prices.input)
    add("output", prices.output)
    add("cached_input", prices.cachedInput)
    add("cache_write", prices.cacheWrite)
    add("cache_write_long", prices.cacheWriteLong)
    add("reasoning", prices.reasoning)
    let batch = Self.members([("input", prices.batchInput), ("output", prices.batchOutput)])
    if !batch.isEmpty { lines.append("batch: {\(batch)}") }
    if let fee = prices.perRequest {
      lines.append("per_request: \(Amounts.decimal(fee.nanos, scale: 9))")
    }
    guard !prices.longContext.isEmpty else { return }
    lines.append("long_context:")
    for step in prices.longContext {
      let figures = Self.members([
        ("input", step.input), ("output", step.output), ("cached_input", step.cachedInput),
        ("cache_write", step.cacheWrite), ("cache_write_long", step.cacheWriteLong),
      ])
      let scope = step.appliesToWholeRequest ? "request" : "rest"
      lines.append("  - {above: \(step.threshold), \(figures), applies_to: \(scope)}")
    }
  }

  private mutating func add(_ key: String, _ price: Price?) {
    if let price { lines.append("\(key): \(Self.perMillion(price))") }
  }

  private static func members(_ prices: [(key: String, price: Price?)]) -> String {
    prices.compactMap { key, price in price.map { "\(key): \(perMillion($0))" } }
      .joined(separator: ", ")
  }

  private static func perMillion(_ price: Price) -> String {
    Amounts.decimal(price.picosPerToken, scale: 6)
  }
}
