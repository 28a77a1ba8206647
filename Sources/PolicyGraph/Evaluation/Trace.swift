package import PolicySemantics

/// How a decision came about: node ids and values, never sentences.
///
/// It says which conditions decided and what the fields were when they did, not test by test why:
/// most decisions are never explained. From the same facts
/// ``DecisionGraph/reason(for:_:in:)`` gives the reason of any condition, these included.
package struct Trace: Hashable, Sendable {
  package let outcome: RouteOutcome
  /// The root of the condition that holds, or of the one that hangs on something unknown; nil for
  /// `otherwise`.
  package let route: NodeID?
  /// The root of the task's condition; nil without a task and for the task of `otherwise`.
  package let task: NodeID?
  /// What the decision knew of each field, by slot of the graph: labels as indices, flags as 0 and
  /// 1, names by their number.
  ///
  /// Shares the facts' own array, so keeping it costs nothing.
  package let values: [Int64]
}

/// Why a condition has its value.
package struct ConditionReason: Hashable, Sendable {
  package let truth: Truth
  /// From the condition's root down to ``node``, through named conditions.
  package let path: [NodeID]
  /// The smallest part that decides: of an `and` that fails, the first part that does; of an `or`
  /// that fails, all of it.
  package let node: NodeID
  /// The tests that give the part its value, in written order; at most
  /// ``DecisionGraph/reasonLimit``.
  package let tests: [ObservedTest]
}

/// One test and what it saw.
package struct ObservedTest: Hashable, Sendable {
  package let node: NodeID
  package let atom: AtomID
  /// Of the test itself, whatever `not` stands around it.
  package let truth: Truth
  package let observed: ObservedValue
}

/// What a test read.
package enum ObservedValue: Hashable, Sendable {
  case flag(Bool)
  /// A label's index; nil for a classifier nobody has answered, or if no task holds.
  case label(Int?)
  /// The task may still be any of these.
  case openTasks([TaskID])
  case number(Int64)
  /// Points, while lines hang on a classifier: the sum lies between these.
  case points(low: Int64, high: Int64)
  /// Nil if the request has no such identity.
  case name(String?)
  /// Nil if nothing matched.
  case text(TextPart, match: TextMatch?)
  /// The tools the request offers.
  case tools([String])
}

/// What makes a test of a text hold.
package struct TextMatch: Hashable, Sendable {
  /// The bytes of the first match; nil where the text is not there any more.
  package let range: Range<Int>?
  /// Of a list of words or texts, the place in it of one that was found.
  package let member: Int?
}
