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
      "input", "output", "cached_input", "cache_write", "reasoning", "batch", "batch_input",
      "batch_output", "per_request", "long_context",
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
    // Providers do write to their caches for nothing; a zero here is no slip.
    sheet.amounts.cacheWrite = price(fields["cache_write"], confirmed.union([.free]))
    sheet.amounts.reasoning = price(fields["reasoning"], confirmed)
    (sheet.amounts.batchInput, sheet.amounts.batchOutput) = batch(fields, confirmed)
    sheet.amounts.perRequest = fee(fields["per_request"], confirmed)
    sheet.amounts.longContext = longContext(fields["long_context"], confirmed)
    return sheet
  }

  private mutating func confirmations(_ entry: YAMLEntry?) -> Set<PriceConfirmation> {
    guard let entry else { return [] }
    let form = ScalarForm.choice(of: PriceConfirmation.self)
    if entry.value.scalar == nil { return Set(values(entry, form)) }
    return value(entry, form).map { [$0] } ?? []
  }

  private mutating func batch(
    _ fields: Fields, _ confirmed: Set<PriceConfirmation>
  ) -> (input: Price?, output: Price?) {
    guard let entry = fields["batch"] else {
      return (price(fields["batch_input"], confirmed), price(fields["batch_output"], confirmed))
    }
    for key in ["batch_input", "batch_output"] {
      guard let other = fields[key] else { continue }
      problems.report(
        .catalogConflict, "`\(key)` stands beside `batch`", at: other.keySpan,
        note: "keep one of the two spellings")
    }
    guard
      let batch = self.fields(
        of: entry.value, "`batch`", at: entry.keySpan, keys: ["input", "output"])
    else { return (nil, nil) }
    return (price(batch["input"], confirmed), price(batch["output"], confirmed))
  }

  private mutating func longContext(
    _ entry: YAMLEntry?, _ confirmed: Set<PriceConfirmation>
  ) -> [LongContextStep] {
    guard let entry, let items = items(of: entry) else { return [] }
    var steps: [LongContextStep] = []
    for item in items {
      guard let (step, above) = step(item, confirmed) else { continue }
      if let last = steps.last, last.threshold >= step.threshold {
        problems.report(
          .catalogConflict, "this step is not above the one before it", at: above,
          note: "steps stand in rising order")
      } else {
        steps.append(step)
      }
    }
    return steps
  }

  private mutating func step(
    _ item: YAMLNode, _ confirmed: Set<PriceConfirmation>
  ) -> (step: LongContextStep, above: Span)? {
    guard
      let fields = fields(
        of: item, "a step of `long_context`", at: item.span,
        keys: ["above", "input", "output", "applies_to"])
    else { return nil }
    let above = required(fields, "above")
    let threshold = value(above, .count)
    let input = price(required(fields, "input"), confirmed)
    let output = price(required(fields, "output"), confirmed)
    let scope = value(required(fields, "applies_to"), .choice(of: LongContextScope.self))
    guard let above, let threshold, let input, let output, let scope else { return nil }
    return (
      LongContextStep(
        threshold: threshold, input: input, output: output,
        appliesToWholeRequest: scope == .request),
      above.value.span
    )
  }

  /// What the prices of a step are paid for.
  private enum LongContextScope: String, CaseIterable, Sendable {
    case request, rest
  }
}
