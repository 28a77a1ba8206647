import RoutingBudgets

/// What each idempotency key stands for now, and who waits for its answer.
struct IdempotencyTable: Sendable {
  struct Waiter: Sendable {
    let ticket: LedgerEngine.Ticket
    let body: String
    let request: RequestID
    let expiry: Timestamp
  }

  struct Slot: Sendable {
    var record: IdempotencyRecord
    /// Whether the disk has `record` as it is.
    var isCommitted = false
    var waiters: [Waiter] = []
  }

  typealias Told = [(ticket: LedgerEngine.Ticket, outcome: LedgerEngine.Outcome)]

  var slots: [IdempotencyRecord.Key: Slot] = [:]
  /// The keys of requests that are running.
  var running: [RequestID: IdempotencyRecord.Key] = [:]

  /// What is known of a key; nil if it is free or its time is over.
  func slot(_ key: IdempotencyRecord.Key, at time: Timestamp) -> Slot? {
    guard let slot = slots[key] else { return nil }
    return slot.record.state != .running && slot.record.expiry <= time ? nil : slot
  }

  mutating func start(_ record: IdempotencyRecord, waiters: [Waiter] = []) {
    slots[record.key] = Slot(record: record, waiters: waiters)
    running[record.request] = record.key
  }

  /// Ends a running key in `state`; nil if the request has none.
  mutating func end(
    of request: RequestID, as state: IdempotencyRecord.State
  ) -> IdempotencyRecord? {
    guard let key = running.removeValue(forKey: request), var slot = slots[key] else { return nil }
    slot.record.state = state
    slot.isCommitted = false
    slots[key] = slot
    return slot.record
  }

  /// Takes a running key's slot away; nil if the request has none.
  mutating func remove(of request: RequestID) -> Slot? {
    guard let key = running.removeValue(forKey: request) else { return nil }
    return slots.removeValue(forKey: key)
  }

  /// The disk has `record`: whoever waited for it is told.
  mutating func committed(_ record: IdempotencyRecord) -> Told {
    guard var slot = slots[record.key], slot.record.request == record.request else { return [] }
    guard slot.record.state == record.state else { return [] }
    slot.isCommitted = true
    guard let claim = slot.decision(for: record.body) else {
      slots[record.key] = slot
      return []
    }
    let told = slot.waiters.map { ($0.ticket, LedgerEngine.Outcome.claim(claim)) }
    slot.waiters = []
    slots[record.key] = slot
    return told
  }

  /// The disk could not keep that `record` runs: the key is free again.
  mutating func undo(_ record: IdempotencyRecord, because failure: LedgerFailure) -> Told {
    guard let slot = slots[record.key], slot.record.request == record.request,
      slot.record.state == .running
    else { return [] }
    slots[record.key] = nil
    running[record.request] = nil
    return slot.waiters.map { ($0.ticket, .failure(failure)) }
  }

  /// Nobody waits with this ticket any more; whether somebody did.
  mutating func withdraw(_ ticket: LedgerEngine.Ticket, key: IdempotencyRecord.Key) -> Bool {
    guard let place = slots[key]?.waiters.firstIndex(where: { $0.ticket == ticket }) else {
      return false
    }
    slots[key]?.waiters.remove(at: place)
    return true
  }

  /// Drops what is over, and names it.
  mutating func expire(at time: Timestamp) -> [IdempotencyRecord.Key] {
    let over = slots.values.filter {
      $0.isCommitted && $0.record.state != .running && $0.record.expiry <= time
    }
    for slot in over { slots[slot.record.key] = nil }
    return over.map(\.record.key).sorted { ($0.owner, $0.text) < ($1.owner, $1.text) }
  }
}

extension IdempotencyTable.Slot {
  /// What the key means for a request with `body`; nil while it must wait for the answer.
  func decision(for body: String) -> IdempotencyClaim? {
    guard body == record.body else { return .otherBody }
    switch record.state {
    case .running: return nil
    case .answered(let status, let bytes):
      guard isCommitted else { return nil }
      return .answered(IdempotencyAnswer(status: status, body: bytes), request: record.request)
    case .lost: return isCommitted ? .lost : nil
    }
  }
}
