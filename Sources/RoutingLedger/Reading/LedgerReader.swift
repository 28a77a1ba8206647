package import RoutingBudgets

/// Reads a ledger, also while another process writes to it.
///
/// Every call sees what was committed when it began.
package final class LedgerReader: Sendable {
  package let path: String

  /// Opens an existing ledger without changing it.
  package init(path: String) throws(LedgerFailure) {
    self.path = path
    throw .cannotOpen(path: path, reason: "reading is not built yet")
  }

  /// The newest rows that match, oldest first.
  package func last(
    _ count: Int, matching filter: LedgerFilter = LedgerFilter()
  ) throws(LedgerFailure) -> [ChainedEntry] { [] }

  /// Rows whose request's name begins like this, in any case; at most `limit`, oldest first.
  package func rows(
    named prefix: String, limit: Int = 2
  ) throws(LedgerFailure) -> [ChainedEntry] { [] }

  /// Hands out the rows that match, oldest first, until `body` says false.
  ///
  /// Memory does not grow with their number. To follow a ledger, call it again with `filter.after`
  /// set to the last row's sequence.
  package func forEach(
    matching filter: LedgerFilter = LedgerFilter(), _ body: (ChainedEntry) -> Bool
  ) throws(LedgerFailure) {}

  /// Requests whose calls may be under way.
  package func openRequests() throws(LedgerFailure) -> [OpenRequest] { [] }

  /// The kept sources of a policy; nil if there are none.
  package func policy(_ fingerprint: String) throws(LedgerFailure) -> PolicyArchive? { nil }

  /// The kept text of a request; nil if there is none or its time is over.
  package func text(of request: RequestID) throws(LedgerFailure) -> KeptText? { nil }
}
