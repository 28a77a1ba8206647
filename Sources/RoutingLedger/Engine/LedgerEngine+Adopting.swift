package import RoutingBudgets

extension LedgerEngine {
  /// Takes up a request whose process has died, as if this one had begun it: it may be noted, settled
  /// and recorded under its own name, and its idempotency key waits for its answer again.
  ///
  /// For a request whose calls outlive the process that made them. Nothing is written: whoever takes it
  /// up and dies leaves it to the next as it was. Nil if it is not open: it has its row, or never was.
  package mutating func adopt(_ id: RequestID, key: IdempotencyRecord.Key?) -> OpenRequest? {
    guard let open = book.reservation(of: id) else { return nil }
    if let key { keys.takeUp(key.storable, of: id) }
    return OpenRequest(reservation: open.reservation, progress: open.progress)
  }
}

extension IdempotencyTable {
  /// A key that was given up for lost runs again; nothing for any other.
  ///
  /// What the disk says of it stays true until the request ends: nobody knows its answer.
  mutating func takeUp(_ key: IdempotencyRecord.Key, of request: RequestID) {
    guard var slot = slots[key], slot.record.request == request, slot.record.state == .lost else {
      return
    }
    slot.record.state = .running
    slots[key] = slot
    running[request] = key
  }
}
