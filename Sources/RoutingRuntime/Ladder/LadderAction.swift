package import PolicySemantics
package import PolicyUnits

/// What a ladder asks of the world next.
package enum LadderAction: Sendable {
  case call(CallOrder)
  case ask(GateQuestion)
  case done(LadderOutcome)
}

/// One call to make, with all its limits.
package struct CallOrder: Sendable {
  package let leg: Int
  package let step: Int
  /// Index into the plan's calls.
  package let call: Int
  package let model: ModelID
  /// 1 for the first try.
  package let attempt: Int
  /// The output cap to send; nil if nothing limits it.
  package let maxOutput: Int64?
  /// For the whole answer, the ladder's time included; nil for the driver's own.
  package let timeout: Milliseconds?
  package let firstToken: Milliseconds?
  /// How long to wait before calling.
  package let delay: Milliseconds
  /// What the call may cost at most; nil if no bound is known (and none is kept).
  package let reserved: Money?
  /// The most tokens it may use, of prompt and answer; nil if no bound is known (and none is kept).
  package let reservedTokens: Int64?
  /// No gate stands between this answer and a caller who wants it as it comes.
  package let passesThrough: Bool
}

/// One gate to ask about the answer that just came.
package struct GateQuestion: Hashable, Sendable {
  package let gate: GateID
  package let leg: Int
  package let step: Int
  /// Index into the plan's calls, of the call that answered.
  package let call: Int
  package let model: ModelID
  /// What is left of the ladder's time; nil if it has no limit.
  package let timeLeft: Milliseconds?
  /// What asking may cost at most; nil if unknown.
  package let reserved: Money?
  /// The most tokens asking may use; nil if unknown.
  package let reservedTokens: Int64?
}

extension CallOrder {
  /// One call in the place of several, none of which is made; `orders` is not empty.
  package init(
    inPlaceOf orders: [CallOrder], maxOutput: Int64?, reserved: Money?, reservedTokens: Int64?
  ) {
    let first = orders[0]
    self.init(
      leg: first.leg, step: first.step, call: first.call, model: first.model, attempt: 1,
      maxOutput: maxOutput, timeout: orders.compactMap(\.timeout).min(), firstToken: nil,
      delay: Milliseconds(0), reserved: reserved, reservedTokens: reservedTokens,
      passesThrough: false)
  }

  /// A call of the plan that serves an answer without being one, made once; nil if it is dropped.
  package init?(aside index: Int, of plan: Plan, timeout: Milliseconds?) {
    guard plan.calls.indices.contains(index), plan.calls[index].isKept,
      let model = plan.calls[index].model
    else { return nil }
    let call = plan.calls[index]
    let timeouts = [call.step.options.timeout, timeout].compactMap(\.self)
    self.init(
      leg: call.step.leg ?? 0, step: 0, call: index, model: model, attempt: 1,
      maxOutput: call.output.tokens, timeout: timeouts.min(), firstToken: nil,
      delay: Milliseconds(0), reserved: call.cost.atMost.money, reservedTokens: call.tokensAtMost,
      passesThrough: false)
  }
}
