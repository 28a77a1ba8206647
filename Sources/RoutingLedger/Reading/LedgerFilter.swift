package import RoutingBudgets

/// Which rows a reader is asked for; what is nil does not matter.
package struct LedgerFilter: Hashable, Sendable {
  /// Admitted at this time or later.
  package var since: Timestamp?
  /// Admitted before this time.
  package var until: Timestamp?
  package var tenant: String?
  package var route: String?
  /// The catalog's name of the model whose answer was returned.
  package var model: String?
  package var status: LedgerEntry.Status?
  /// Rows after this place in the chain only.
  package var after: Int64 = 0

  package init() {}
}
