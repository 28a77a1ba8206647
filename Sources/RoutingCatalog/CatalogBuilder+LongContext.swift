import PolicySemantics
import PolicySource
import PolicyUnits
import YAMLReading

extension CatalogBuilder {
  mutating func longContext(
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
        keys: [
          "above", "input", "output", "cached_input", "cache_write", "cache_write_long",
          "applies_to",
        ])
    else { return nil }
    let above = required(fields, "above")
    let threshold = value(above, .count)
    let input = price(required(fields, "input"), confirmed)
    let output = price(required(fields, "output"), confirmed)
    let cachedInput = price(fields["cached_input"], confirmed)
    let write = cacheWrite(fields["cache_write"], confirmed)
    let writeLong = cacheWrite(fields["cache_write_long"], confirmed)
    let scope = value(required(fields, "applies_to"), .choice(of: LongContextScope.self))
    guard let above, let threshold, let input, let output, let scope else { return nil }
    return (
      LongContextStep(
        threshold: threshold, input: input, output: output, cachedInput: cachedInput,
        cacheWrite: write, cacheWriteLong: writeLong, appliesToWholeRequest: scope == .request),
      above.value.span
    )
  }

  /// What the prices of a step are paid for.
  private enum LongContextScope: String, CaseIterable, Sendable {
    case request, rest
  }
}
