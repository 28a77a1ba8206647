import PolicySemantics
import RoutingRuntime

/// Who listens to an answer while it comes, and what its gates can say of it by then.
struct AnswerListener {
  /// Nil for a caller who waits for the whole answer.
  let delivery: AnswerDelivery?
  let step: Climb.Step
  let rules: Climb.Rules
  let soFar: (GateID, String) -> VerdictSoFar
  /// Where the answer ends before its time; nil where nothing ends it.
  let stop: (any AnswerWatching)?
  /// Whether anybody will ask what was written once it is.
  let keepsTexts: Bool

  /// Whether a call has to be streamed from its provider.
  func streams(_ order: CallOrder) -> Bool {
    delivery != nil || order.firstToken != nil || stop != nil
  }
}
