package import RoutingBudgets

extension LedgerEngine {
  /// What the key means for this request: decided at once, or told by the ticket.
  ///
  /// The first one is told when the disk has its claim; the others wait for its answer.
  package mutating func claim(
    _ key: IdempotencyRecord.Key, body: String, request: RequestID, expiry: Timestamp,
    at time: Timestamp
  ) -> Claiming {
    let key = key.storable
    guard let slot = keys.slot(key, at: time) else {
      let record = IdempotencyRecord(
        key: key, body: body, request: request, state: .running, expiry: expiry)
      keys.start(record)
      return .pending(add(.idempotency(record)))
    }
    if let decision = slot.decision(for: body) { return .decided(decision) }
    let ticket = ticket()
    keys.slots[key]?.waiters.append(
      IdempotencyTable.Waiter(ticket: ticket, body: body, request: request, expiry: expiry))
    return .pending(ticket)
  }

  /// The request ends without a row and without an answer to repeat: its key is free again.
  package mutating func abandon(_ request: RequestID) { freeKey(of: request) }

  /// Nobody waits for this claim any more; false if it is no longer waiting for another's answer.
  package mutating func withdraw(_ ticket: Ticket, from key: IdempotencyRecord.Key) -> Bool {
    keys.withdraw(ticket, key: key.storable)
  }

  mutating func answerKey(of request: RequestID, with answer: IdempotencyAnswer) {
    let state = IdempotencyRecord.State.answered(status: answer.status, body: answer.body)
    guard let record = keys.end(of: request, as: state) else { return }
    addQuietly(.record(.idempotency(record)))
  }

  /// Frees the request's key, if it has one; the next that waits for it becomes the first.
  mutating func freeKey(of request: RequestID) {
    guard let slot = keys.remove(of: request) else { return }
    let key = slot.record.key
    guard let next = slot.waiters.first else {
      addQuietly(.record(.forget(key)))
      return
    }
    let record = IdempotencyRecord(
      key: key, body: next.body, request: next.request, state: .running, expiry: next.expiry)
    keys.start(record, waiters: Array(slot.waiters.dropFirst()))
    queue.append(Change(kind: .record(.idempotency(record)), ticket: next.ticket))
  }

  /// Nobody will ever answer this key.
  mutating func loseKey(of request: RequestID) {
    guard let record = keys.end(of: request, as: .lost) else { return }
    addQuietly(.record(.idempotency(record)))
  }
}
