import PolicySemantics
import PolicyUnits
import YAMLReading

// What a model costs in a batch: `batch: {input, output, cached_input}`, or the same keys spelt flat.
extension CatalogBuilder {
  mutating func batch(
    _ fields: Fields, _ confirmed: Set<PriceConfirmation>, into prices: inout ModelPrices
  ) {
    guard let entry = fields["batch"] else {
      prices.batchInput = price(fields["batch_input"], confirmed)
      prices.batchOutput = price(fields["batch_output"], confirmed)
      prices.batchCachedInput = cachedInBatch(fields["batch_cached_input"], confirmed)
      return
    }
    for key in ["batch_input", "batch_output", "batch_cached_input"] {
      guard let other = fields[key] else { continue }
      problems.report(
        .catalogConflict, "`\(key)` stands beside `batch`", at: other.keySpan,
        note: "keep one of the two spellings")
    }
    guard
      let batch = self.fields(
        of: entry.value, "`batch`", at: entry.keySpan,
        keys: ["input", "output", "cached_input"])
    else { return }
    prices.batchInput = price(batch["input"], confirmed)
    prices.batchOutput = price(batch["output"], confirmed)
    prices.batchCachedInput = cachedInBatch(batch["cached_input"], confirmed)
  }

  /// A price, or the word that says how the two discounts meet.
  private mutating func cachedInBatch(
    _ entry: YAMLEntry?, _ confirmed: Set<PriceConfirmation>
  ) -> BatchCachedInput? {
    guard let entry else { return nil }
    if let word = entry.value.scalar?.text, let rule = BatchDiscount(rawValue: word) {
      switch rule {
      case .stacks: return .stacks
      case .none: return BatchCachedInput.none
      }
    }
    let form = "a price per million tokens such as `0.25`, or `stacks` or `none`"
    return price(entry, confirmed, form: form).map(BatchCachedInput.price)
  }

  private enum BatchDiscount: String {
    /// Both discounts apply.
    case stacks
    /// Cached tokens have none in a batch.
    case none
  }
}
