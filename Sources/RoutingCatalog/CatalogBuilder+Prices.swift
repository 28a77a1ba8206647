import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import YAMLReading

/// The prices of one model or embedder, and where they were read.
struct PriceSheet {
  var amounts = ModelPrices()
  var date: CalendarDate?
  var source: String?
}

/// The keys that `prices` takes.
enum PriceKeys {
  static let model =
    [
      "input", "output", "cached_input", "cache_write", "cache_write_long", "reasoning", "batch",
      "batch_input", "batch_output", "batch_cached_input", "per_request", "long_context",
    ] + about
  static let embedder = ["input"] + about
  private static let about = ["date", "source", "confirm"]
}

/// What an author says on purpose, so that a slip is never taken for it.
enum PriceConfirmation: String, CaseIterable, Sendable {
  /// A price of zero is meant.
  case free
  /// A price over 0.001 a token is meant.
  case expensive
  /// Nobody has looked yet: a zero or a high price sets the model aside instead of being an error.
  case needed
}

extension CatalogBuilder {
  mutating func prices(_ entry: YAMLEntry?, keys: [String]) -> PriceSheet {
    guard let entry,
      let fields = fields(of: entry.value, "`prices`", at: entry.keySpan, keys: keys)
    else { return PriceSheet() }
    let confirmed = confirmations(fields["confirm"])
    var sheet = PriceSheet()
    sheet.date = value(fields["date"], .date)
    sheet.source = value(fields["source"], .text)
    sheet.amounts.input = price(fields["input"], confirmed)
    sheet.amounts.output = price(fields["output"], confirmed)
    sheet.amounts.cachedInput = price(fields["cached_input"], confirmed)
    sheet.amounts.cacheWrite = cacheWrite(fields["cache_write"], confirmed)
    sheet.amounts.cacheWriteLong = cacheWrite(fields["cache_write_long"], confirmed)
    sheet.amounts.reasoning = price(fields["reasoning"], confirmed)
    batch(fields, confirmed, into: &sheet.amounts)
    sheet.amounts.perRequest = fee(fields["per_request"], confirmed)
    sheet.amounts.longContext = longContext(fields["long_context"], confirmed)
    warnOfNeedlessWait(fields["confirm"], confirmed)
    return sheet
  }

  private mutating func confirmations(_ entry: YAMLEntry?) -> Set<PriceConfirmation> {
    guard let entry else { return [] }
    let form = ScalarForm.choice(of: PriceConfirmation.self)
    if entry.value.scalar == nil { return Set(values(entry, form)) }
    return value(entry, form).map { [$0] } ?? []
  }

  private mutating func warnOfNeedlessWait(
    _ entry: YAMLEntry?, _ confirmed: Set<PriceConfirmation>
  ) {
    guard let entry, confirmed.contains(.needed), doubts.isEmpty else { return }
    problems.report(
      .catalogNoEffect, "`confirm: needed` has nothing to wait for", at: entry.span,
      note: "no price here is zero or over 0.001 a token", severity: .warning)
  }

  /// Providers do write to their caches for nothing; a zero here is no slip.
  mutating func cacheWrite(_ entry: YAMLEntry?, _ confirmed: Set<PriceConfirmation>) -> Price? {
    price(entry, confirmed.union([.free]))
  }
}
