package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime

/// What one model said to one question: a row of an ``OutcomeMatrix``.
///
/// What was not recorded is nil: unknown, never zero.
package struct OutcomeCell: Sendable {
  /// Its line in the file.
  package let line: Int
  package var answer: String?
  /// In millionths, from 0 to 1,000,000: how good somebody found the answer.
  package var score: Score?
  package var usage: Usage?
  package var latency: Milliseconds?
  package var finish: FinishReason?
  /// Why there was no answer.
  package var failure: CallFailure?
  /// What gates said of the answer, by their names.
  package var gates: [String: RecordedGate] = [:]

  package init(line: Int) { self.line = line }

  var saysNothing: Bool { answer == nil && score == nil && failure == nil }
}

/// What a gate said of an answer when it was asked, and what asking took.
package struct RecordedGate: Hashable, Sendable {
  package var result: GateResult
  /// Nil if nobody counted it.
  package var usage: Usage?

  package init(_ result: GateResult, usage: Usage? = nil) {
    self.result = result
    self.usage = usage
  }
}
