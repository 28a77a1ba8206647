package import RoutingBudgets

extension Ledger {
  /// Opens the ledger at `path` for writing: creates it on first use, takes its lock, brings an older
  /// format forward, and takes in what a crash has left.
  ///
  /// `currency` is what rows of lost requests say.
  package static func open(
    path: String, mode: LedgerMode = .crashSafe, currency: String = "USD",
    clock: @escaping @Sendable () -> Timestamp
  ) throws(LedgerFailure) -> Ledger {
    let disk = try SQLiteDisk(path: path, mode: mode)
    return try Ledger(disk: disk, currency: currency, clock: clock)
  }
}
