package import RoutingCalls
package import RoutingLedger
package import RoutingRuntime

/// What became of one request, from its decision to its row in the ledger.
package struct RequestOutcome: Sendable {
  package let decision: Decision
  /// What was called; nil if nothing was.
  package let record: RunRecord?
  /// The row as it was committed, with its place.
  package let row: ChainedEntry?

  package init(decision: Decision, record: RunRecord?, row: ChainedEntry?) {
    self.decision = decision
    self.record = record
    self.row = row
  }
}
