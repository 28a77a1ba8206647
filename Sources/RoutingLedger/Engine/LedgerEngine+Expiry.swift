import PolicyUnits
package import RoutingBudgets

extension LedgerEngine {
  /// Ends what has expired: an open request becomes a `lost` row, at what may have been billed.
  package mutating func tick(at time: Timestamp) {
    let over = open.values.filter { $0.reservation.expiry <= time }
      .sorted { $0.reservation.id < $1.reservation.id }
    for request in over {
      let used = mayHaveUsed(request)
      var entry = bareEntry(of: request, status: .lost, used: used, at: time)
      entry.reason = "expired"
      close(request, used: used, at: time, in: &entry)
      loseKey(of: request.reservation.id)
      addQuietly(.end(entry))
    }
    for key in keys.expire(at: time) { addQuietly(.record(.forget(key))) }
  }

  /// When the next open request expires; nil without one.
  package var nextExpiry: Timestamp? { open.values.lazy.map(\.reservation.expiry).min() }

  mutating func recover(_ recovery: LedgerRecovery, at time: Timestamp) {
    book.restore(recovery.settled, at: time)
    for request in recovery.open {
      book.restore(request.reservation)
      open[request.reservation.id] = request
    }
    for record in recovery.idempotency {
      keys.slots[record.key] = IdempotencyTable.Slot(record: record, isCommitted: true)
      guard record.state == .running else { continue }
      keys.running[record.request] = record.key
      // Without an open record nothing was sent, so the key may be tried again.
      if open[record.request] == nil {
        freeKey(of: record.request)
      } else {
        loseKey(of: record.request)
      }
    }
    tick(at: time)
  }

  /// For each claim, the most that may have been used: what ended, and the call that was under way.
  private func mayHaveUsed(_ request: OpenRequest) -> [Int64] {
    zip(request.progress.used, request.progress.pending).map { used, pending in
      let (sum, overflow) = used.addingReportingOverflow(pending)
      return overflow ? .max : sum
    }
  }

  /// A row of a request whose own row is not known.
  func bareEntry(
    of request: OpenRequest, status: LedgerEntry.Status, used: [Int64], at time: Timestamp
  ) -> LedgerEntry {
    let reservation = request.reservation
    let money = zip(reservation.claims, used).filter { $0.0.key.unit == .money }.map(\.1).max()
    var entry = LedgerEntry(
      id: reservation.id, time: reservation.time, status: status, currency: currency,
      cost: money.map { .atMost(Money(nanos: $0)) } ?? .unknown)
    let elapsed = time.milliseconds.subtractingReportingOverflow(reservation.time.milliseconds)
    entry.elapsed = Milliseconds(elapsed.overflow ? .max : max(0, elapsed.partialValue))
    return entry
  }
}
