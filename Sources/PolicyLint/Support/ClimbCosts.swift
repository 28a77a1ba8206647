import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What the tiers of a ladder cost for one size of prompt, so that the way through them can be held
/// against starting further up.
///
/// One assumption, shown with every figure: all models answer a prompt with the same number of
/// tokens, ``answer``, or with their cap if that is less. A judge is taken at its least (it reads the
/// question and the answer and writes one token), what comes after a tier at its most.
struct ClimbCosts {
  private let policy: CheckedPolicy
  private let decider: Decider
  private let ladder: CheckedLadder

  /// Output tokens of an ordinary answer, as plans assume them.
  static let answer = Expectations.ordinaryOutput

  /// Where the catalog does not say how long a prompt may be.
  private static let window: Int64 = 1_000_000
  /// No prompt is longer, whatever a catalog says.
  private static let longest: Int64 = 1 << 40

  init(_ ladder: CheckedLadder, _ subject: LintSubject) {
    self.ladder = ladder
    policy = subject.policy
    decider = subject.decider
  }

  /// One call of a tier; nil for an unknown price.
  func call(_ tier: Int, prompt: Int64) -> Money? {
    let tier = ladder.tiers[tier]
    let entry = policy[tier.model]
    let cap = min(tier.options.maxOutput ?? .max, entry.maxOutput ?? .max)
    return decider.frozen[tier.model].tariff.cost(
      of: Usage(input: prompt, output: min(Self.answer, cap)))
  }

  /// The least the judges of a tier cost together, if the whole prompt is the question.
  func judges(_ tier: Int, prompt: Int64) -> Money? {
    sum(tier) { judge in
      decider.frozen[judge].tariff.cost(
        of: Usage(input: prompt + min(Self.answer, judgedTokens(tier)), output: 1))
    }
  }

  /// The most they cost by what they are sent: all of the prompt, and all they may write.
  private func judgesAtMost(_ tier: Int, prompt: Int64) -> Money? {
    sum(tier) { judge in
      decider.frozen[judge].tariff.atMost(
        input: prompt + Self.answer + PromptBytes.judge, output: PromptBytes.judgeOutput)
    }
  }

  /// What it costs to start at a tier and go on until an answer is accepted, at most; nil if a
  /// price is unknown.
  ///
  /// A tier nobody has measured is taken to be rejected always.
  func onwards(from tier: Int, prompt: Int64) -> Money? {
    var total = Money.zero
    for index in ladder.tiers.indices.reversed() where index >= tier {
      guard let call = call(index, prompt: prompt), let gate = judgesAtMost(index, prompt: prompt)
      else { return nil }
      let reach = 1_000_000 - (acceptance(index)?.millionths ?? 0)
      total = call + gate + total.part(reach)
    }
    return total
  }

  /// Of a tier's answers, the share its gates accept; all, without a gate.
  func acceptance(_ tier: Int) -> Share? {
    let tier = ladder.tiers[tier]
    return tier.accepts.isEmpty ? .whole : policy[tier.model].acceptance?.share
  }

  /// Sizes of prompt between which no price changes: within the window of a tier, both ends of each
  /// step of any tier's or judge's prices.
  func sizes(upTo tier: Int) -> [Int64] {
    let window = min(policy[ladder.tiers[tier].model].window ?? Self.window, Self.longest)
    var sizes: Set<Int64> = [0, window]
    let models = ladder.tiers.map(\.model) + ladder.tiers.indices.flatMap(asked)
    for model in models {
      for step in policy[model].prices.longContext where step.threshold < window {
        sizes.formUnion([step.threshold, step.threshold + 1])
      }
    }
    return sizes.filter { $0 <= window }.sorted()
  }

  /// The models the gates of a tier ask.
  func asked(_ tier: Int) -> [ModelID] {
    ladder.tiers[tier].accepts.flatMap { GateContents($0.gate, of: policy).judges }
  }

  private func judgedTokens(_ tier: Int) -> Int64 {
    let tier = ladder.tiers[tier]
    return min(tier.options.maxOutput ?? .max, policy[tier.model].maxOutput ?? .max)
  }

  private func sum(_ tier: Int, _ cost: (ModelID) -> Money?) -> Money? {
    var sum = Money.zero
    for judge in asked(tier) {
      guard let one = cost(judge) else { return nil }
      sum += one
    }
    return sum
  }
}

extension Money {
  /// A part in millionths, rounded up.
  func part(_ millionths: Int64) -> Money {
    let product = Int128(nanos) * Int128(max(0, millionths))
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 1_000_000)
    return Money(nanos: Int64(clamping: quotient + (remainder > 0 ? 1 : 0)))
  }

  /// This as a share of another, rounded up; nil of nothing.
  func share(of whole: Money) -> Share? {
    guard whole.nanos > 0 else { return nil }
    let product = Int128(nanos) * 1_000_000
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int128(whole.nanos))
    return Share(millionths: Int64(clamping: quotient + (remainder > 0 ? 1 : 0)))
  }
}
