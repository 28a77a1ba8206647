// What the gateway itself has no room for, and what its ledger cannot keep.
extension APIProblem {
  package init(_ overload: Overload) {
    self.init(
      503, "server_error", code: "overloaded", overload.description,
      retryAfter: Int64(overload.retryAfter))
  }

  /// Nothing may be called or given out that the ledger cannot keep.
  package static func ledgerUnavailable(_ reason: String) -> APIProblem {
    APIProblem(503, "server_error", code: "ledger_unavailable", reason, retryAfter: 1)
  }
}
