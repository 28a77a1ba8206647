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
  package let model: ModelID
  /// What asking may cost at most; nil if unknown.
  package let reserved: Money?
  /// The most tokens asking may use; nil if unknown.
  package let reservedTokens: Int64?
}
