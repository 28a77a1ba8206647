import PolicyUnits
package import RoutingBudgets

extension LedgerEngine {
  /// Ends what has expired: an open request becomes a `lost` row, at what may have been billed.
  package mutating func tick(at time: Timestamp) {
    for ended in book.expire(at: time) {
      var entry = bareEntry(of: ended, status: .lost)
      entry.reason = "expired"
      loseKey(of: entry.id)
      addQuietly(.end(entry))
    }
    for key in keys.expire(at: time) { addQuietly(.record(.forget(key))) }
    if let next = nextTextExpiry, next <= time {
      addQuietly(.record(.forgetTexts(before: time)))
      // The others' times are not kept: a look once a minute finds them.
      let later = time.milliseconds.addingReportingOverflow(60_000)
      nextTextExpiry = later.overflow ? nil : Timestamp(milliseconds: later.partialValue)
    }
  }

  mutating func recover(_ recovery: LedgerRecovery, at time: Timestamp) {
    nextTextExpiry = recovery.nextTextExpiry
    for sum in recovery.settled { book.restore(settled: sum.amount, of: sum.key, at: sum.time) }
    for request in recovery.open { book.restore(request.reservation, progress: request.progress) }
    for record in recovery.idempotency {
      keys.slots[record.key] = IdempotencyTable.Slot(record: record, isCommitted: true)
      guard record.state == .running else { continue }
      keys.running[record.request] = record.key
      // Without an open record nothing was sent, so the key may be tried again.
      if book.reservation(of: record.request) == nil {
        freeKey(of: record.request)
      } else {
        loseKey(of: record.request)
      }
    }
    tick(at: time)
  }

  /// A row of a request whose own row is not known.
  func bareEntry(of ended: EndedReservation, status: LedgerEntry.Status) -> LedgerEntry {
    let reservation = ended.reservation
    let money = zip(reservation.claims, ended.used).filter { $0.0.key.unit == .money }.map(\.1)
      .max()
    var entry = LedgerEntry(
      id: reservation.id, time: reservation.time, status: status, currency: currency,
      cost: money.map { .atMost(Money(nanos: $0)) } ?? .unknown)
    let elapsed = ended.time.milliseconds.subtractingReportingOverflow(
      reservation.time.milliseconds)
    entry.elapsed = Milliseconds(elapsed.overflow ? .max : max(0, elapsed.partialValue))
    entry.take(ended)
    return entry
  }
}
