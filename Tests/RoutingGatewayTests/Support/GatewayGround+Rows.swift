import RoutingLedger

extension GatewayGround {
  /// All rows so far, oldest first.
  func rows() throws -> [LedgerEntry] {
    try LedgerReader(path: ledgerPath).last(1000).map(\.entry)
  }
}
