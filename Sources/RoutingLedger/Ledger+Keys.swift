extension Ledger {
  /// What an idempotency key stands for now, without claiming it; nil if it is free.
  package func record(of key: IdempotencyRecord.Key) -> IdempotencyRecord? {
    desk.record(of: key)
  }
}

extension CommitDesk {
  func record(of key: IdempotencyRecord.Key) -> IdempotencyRecord? {
    let now = clock()
    return read { $0.keys.slot(key.storable, at: now)?.record }
  }
}
