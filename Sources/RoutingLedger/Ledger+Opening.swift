package import RoutingBudgets

extension Ledger {
  /// Opens the ledger at `path` for writing: creates it on first use, takes its lock, brings an older
  /// format forward, and takes in what a crash has left.
  ///
  /// `currency` is what is counted in; nil for those who count nothing.
  package static func open(
    path: String, mode: LedgerMode = .crashSafe, currency: String? = nil,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(LedgerFailure) -> Ledger {
    let disk = try SQLiteDisk(path: path, mode: mode)
    return try Ledger(disk: disk, currency: currency, clock: clock)
  }
}

extension LedgerRecovery {
  /// How far behind the last row a clock may be: machines that take turns do not agree to the minute.
  private static let tolerance: Int64 = 3_600_000

  /// Refuses what would count wrongly: a clock that is behind the rows, and another currency.
  ///
  /// A budget of the day would have seen a later day, and refuse everybody as if it were spent.
  func check(against currency: String?, at now: Timestamp) throws(LedgerFailure) {
    guard let last else { return }
    let ahead = last.time.milliseconds.subtractingReportingOverflow(now.milliseconds)
    if ahead.overflow ? last.time > now : ahead.partialValue > Self.tolerance {
      throw .clockBehind(last: last.time, now: now)
    }
    if let currency, currency != last.currency {
      throw .otherCurrency(kept: last.currency, asked: currency)
    }
  }
}
