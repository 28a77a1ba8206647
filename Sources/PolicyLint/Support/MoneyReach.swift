import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// How far a bound on money reaches: whether it pays for any call at all, and up to which prompt.
///
/// Asked of the planner itself with made-up requests that name no `max_tokens`, so it says what a
/// decision would. Exact in both directions: more bytes never cost less.
struct MoneyReach {
  private let subject: LintSubject
  private let arm: ArmSkeleton
  /// The calls the bound is asked about; nil for all that may answer.
  private let leg: Int?

  init(_ subject: LintSubject, _ arm: ArmSkeleton, leg: Int?) {
    self.subject = subject
    self.arm = arm
    self.leg = leg
  }

  /// Whether the bound leaves a call for a prompt of so many bytes.
  ///
  /// Calls lost for another reason than money count as left: this is about money alone.
  /// `maxTokens` is what the caller asks for, if anything.
  func pays(_ bound: MoneyBound, bytes: Int64, maxTokens: Int64? = nil) -> Bool {
    guard leg != nil || !mayCallRequested else { return true }
    let calls = answering(bytes, bound, maxTokens)
    return calls.isEmpty || calls.contains { !isShort($0, of: bound) }
  }

  /// The longest prompt, in bytes, the bound leaves a call for; nil if it pays for none.
  ///
  /// `limit` is a size it is known not to pay for.
  func longest(_ bound: MoneyBound, below limit: Int64) -> Int64? {
    guard pays(bound, bytes: 1) else { return nil }
    var (low, high) = (Int64(1), max(2, limit))
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if pays(bound, bytes: middle) { low = middle } else { high = middle }
    }
    return low
  }

  /// What the cheapest call needs for a prompt of so many bytes: the prompt, the fewest output
  /// tokens it is made for, and its judges; nil if no price is known.
  func cheapest(bytes: Int64) -> (model: ModelID, need: Money, output: Int64)? {
    let (calls, _) = subject.decider.frozen.rehearse(
      arm, MadeUpRequest.prompt(bytes: bytes), bound: .ladder(LadderID(0), Money(nanos: .max)))
    var cheapest: (model: ModelID, need: Money, output: Int64)?
    for (index, call) in calls.enumerated() where isAsked(call) {
      guard let model = call.model else { continue }
      let least = max(1, min(call.step.minOutput, call.output.tokens ?? call.step.minOutput))
      guard
        var need = subject.decider.frozen[model].tariff.atMost(
          input: call.input.bound, output: least)
      else { continue }
      for judge in calls[(index + 1)...].prefix(while: \.isJudge) {
        need += judge.cost.atMost.money ?? .zero
      }
      if let found = cheapest, found.need <= need { continue }
      cheapest = (model, need, least)
    }
    return cheapest
  }

  /// The model a caller names may cost anything.
  private var mayCallRequested: Bool {
    arm.calls.contains { $0.step.answers && $0.step.target == .requested }
  }

  private func answering(
    _ bytes: Int64, _ bound: MoneyBound, _ maxTokens: Int64?
  ) -> [PlannedCall] {
    var input = MadeUpRequest.prompt(bytes: bytes)
    input.maxTokens = maxTokens
    let (calls, _) = subject.decider.frozen.rehearse(arm, input, bound: bound)
    return calls.filter(isAsked)
  }

  private func isAsked(_ call: PlannedCall) -> Bool {
    call.step.answers && (leg == nil || call.step.leg == leg) && call.model != nil
  }

  private func isShort(_ call: PlannedCall, of bound: MoneyBound) -> Bool {
    guard case .tooLittleLeft(let found, _, _) = call.dropReason else { return false }
    return found == bound
  }
}

extension PlannedCall {
  fileprivate var isJudge: Bool {
    switch step.role {
    case .judge: true
    case .direct, .tier, .compressor, .embedder, .shadow, .classifier: false
    }
  }
}
