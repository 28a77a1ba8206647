import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What the tiers of a ladder cost for one size of prompt, so that the way through them can be held
/// against starting further up.
///
/// One assumption, shown with every figure: all models answer a prompt with the same number of
/// tokens, ``answer``, or with their cap if that is less. What gates call is sent what ``GateText``
/// says, as in plans and replays; a judge writes one token at its least, all it may at its most.
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
    decider.frozen[ladder.tiers[tier].model].tariff.cost(
      of: Usage(input: prompt, output: answer(tier)))
  }

  /// The least that what the gates of a tier call costs together; nil for an unknown price.
  ///
  /// `question` is what a judge is shown of the prompt, in tokens.
  func gates(_ tier: Int, prompt: Int64, question: Int64) -> Money? {
    sum(tier) { ask in
      ask.tariff.cost(of: ask.usage(prompt, question: question, answer: answer(tier), writing: 1))
    }
  }

  /// The most, if the whole prompt is the question.
  private func gatesAtMost(_ tier: Int, prompt: Int64) -> Money? {
    sum(tier) { ask in
      let usage = ask.usage(
        prompt, question: prompt, answer: answer(tier), writing: PromptBytes.judgeOutput)
      return ask.tariff.atMost(input: usage.input, output: usage.output)
    }
  }

  /// What it costs to start at a tier and go on until an answer is accepted, at most; nil if a
  /// price is unknown.
  ///
  /// A tier nobody has measured is taken to be rejected always.
  func onwards(from tier: Int, prompt: Int64) -> Money? {
    var total = Money.zero
    for index in ladder.tiers.indices.reversed() where index >= tier {
      guard let call = call(index, prompt: prompt), let gate = gatesAtMost(index, prompt: prompt)
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
  /// step of any tier's prices, and of those of what a gate calls, where the whole prompt is the question.
  func sizes(upTo tier: Int) -> [Int64] {
    let window = min(policy[ladder.tiers[tier].model].window ?? Self.window, Self.longest)
    var sizes: Set<Int64> = [0, window]
    func add(_ model: ModelID, besidePrompt tokens: Int64) {
      for step in policy[model].prices.longContext where step.threshold < window {
        sizes.formUnion([step.threshold - tokens, step.threshold - tokens + 1])
      }
    }
    for (tier, step) in ladder.tiers.enumerated() {
      add(step.model, besidePrompt: 0)
      for ask in asks(tier) {
        guard case .model(let model) = ask.target else { continue }
        let alone = ask.usage(0, question: 0, answer: answer(tier), writing: 0)
        add(model, besidePrompt: alone.input)
      }
    }
    return sizes.filter { (0...window).contains($0) }.sorted()
  }

  /// The names of the models and embedders the gates of a tier ask, each once.
  func asked(_ tier: Int) -> [String] {
    var names: [String] = []
    for ask in asks(tier) {
      let name: String? =
        switch ask.target {
        case .model(let model): policy[model].name
        case .embedder(let embedder): policy[embedder].name
        case .requested: nil
        }
      if let name, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A call of a gate, as it is planned.
  private struct Ask {
    let target: CallTarget
    let text: GateText
    let tariff: Tariff
    /// Of a second opinion: the most it may answer.
    let cap: Int64?

    func usage(_ prompt: Int64, question: Int64, answer: Int64, writing judged: Int64) -> Usage {
      let asked = AskedTokens(
        prompt: prompt, questionBytes: question * GateText.bytesPerToken, answer: answer)
      return text.usage(of: asked, cap: text.kind == .judge ? judged : cap)
    }
  }

  private func asks(_ tier: Int) -> [Ask] {
    ladder.tiers[tier].accepts.flatMap { GateNeeds($0.gate, of: policy).asks }.compactMap { ask in
      guard let target = ask.target else { return nil }
      let text = GateText(target, promptBytes: ask.promptBytes)
      switch target {
      case .model(let model):
        return Ask(
          target: target, text: text, tariff: decider.frozen[model].tariff,
          cap: policy[model].maxOutput)
      case .embedder(let embedder):
        return Ask(target: target, text: text, tariff: Tariff(policy[embedder]), cap: nil)
      case .requested: return nil
      }
    }
  }

  private func answer(_ tier: Int) -> Int64 {
    let tier = ladder.tiers[tier]
    return min(Self.answer, tier.options.maxOutput ?? .max, policy[tier.model].maxOutput ?? .max)
  }

  private func sum(_ tier: Int, _ cost: (Ask) -> Money?) -> Money? {
    var sum = Money.zero
    for ask in asks(tier) {
      guard let one = cost(ask) else { return nil }
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
