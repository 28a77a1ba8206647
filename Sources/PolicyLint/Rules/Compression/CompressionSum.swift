import PolicySemantics
import PolicyUnits

/// What a compression by a model costs and spares for a million tokens of context.
///
/// Exact at the size the policy asks for, if all models count tokens alike. Nil wherever a price is unknown or depends on the length, a
/// caller may name the model, or the size is not a share.
struct CompressionSum {
  /// Reading the context and writing what is left of it.
  let cost: ExactCost
  /// Of every call that may be sent the context, each as often as it may be tried.
  let sparedAtMost: ExactCost
  /// Of the calls that are made if none fails, by the measured acceptances; nil without them.
  let sparedIfNothingFails: ExactCost?
  /// Whether the models cut texts into tokens in different ways, by which their counts may differ.
  let isRough: Bool

  private static let million: Int64 = 1_000_000

  init?(_ compression: CheckedCompression, _ readers: PromptReaders, _ policy: CheckedPolicy) {
    guard case .model(let id) = compression.method, case .share(let share)? = compression.size,
      !readers.isOpen, (0...Self.million).contains(share.millionths)
    else { return nil }
    let model = policy[id]
    guard let input = model.prices.input, let output = model.prices.output,
      readers.all.allSatisfy({ $0.model.prices.longContext.isEmpty })
    else { return nil }
    isRough = readers.all.contains { $0.model.tokenizer != model.tokenizer }
    var dearest = min(input, model.prices.cachedInput ?? input)
    for step in model.prices.longContext { dearest = min(dearest, step.input) }
    var cost = ExactCost()
    cost.add(Self.million, at: dearest)
    cost.add(share.millionths, at: model.prices.longContext.reduce(output) { min($0, $1.output) })
    self.cost = cost

    let cut = Self.million - share.millionths
    var atMost = ExactCost()
    var expected: Int128? = 0
    for reader in readers.all {
      guard let price = reader.model.prices.input else { return nil }
      let dearest = max(price, reader.model.prices.cacheWrite ?? price)
      for _ in 0..<reader.attempts { atMost.add(cut, at: dearest) }
      expected = expected.flatMap { sum in
        reader.reach.map { reach in
          sum + Int128(cut) * Int128(price.picosPerToken) * Int128(reach) / Int128(Self.million)
        }
      }
    }
    sparedAtMost = atMost
    sparedIfNothingFails = expected.map { ExactCost(picos: $0) }
  }

  /// Whether the cost is no less than an amount that is spared; no text has twice the tokens for one
  /// family that it has for another.
  func isLost(against spared: ExactCost) -> Bool {
    cost.picos >= spared.picos * (isRough ? 2 : 1)
  }
}
