/// Reservations nobody ended, and a book that is opened again.
extension BudgetBook {
  /// When the next reservation expires; nil if none is open.
  package var nextExpiry: Timestamp? { expiries.first?.expiry }

  /// Ends what has expired by `time`, each at the most its last progress says may have been billed.
  ///
  /// - Returns: how they ended, by expiry and then by name.
  package mutating func expire(at time: Timestamp) -> [EndedReservation] {
    advance(to: time)
    var ended: [EndedReservation] = []
    while let next = expiries.first, next.expiry <= now {
      _ = expiries.removeFirst()
      guard let waiting = open[next.id], waiting.reservation.expiry == next.expiry else { continue }
      let progress = waiting.progress
      let used = zip(progress.used, progress.pending).map { $0.addingClamped($1) }
      guard let settlement = settle(next.id, used: used, at: now) else { continue }
      ended.append(settlement)
    }
    return ended
  }

  /// Takes in a sum of charges that was kept.
  ///
  /// For a rolling window, `time` is when it counts from: requests from their admission, anything
  /// else from its settlement.
  package mutating func restore(settled amount: Int64, of key: CounterKey, at time: Timestamp) {
    advance(to: time)
    guard key.window != .running, !key.window.isOver(at: now) else { return }
    let place = table.place(of: key) ?? table.add(key, at: now)
    table[place].restore(
      settled: amount, at: max(time, Timestamp(milliseconds: 0)), now: now)
  }

  /// Takes in a reservation that was open when the last process died: it counts in full until it
  /// is ended or expires.
  ///
  /// Its caps are not looked at: it was granted once, and what it may have spent is spent.
  package mutating func restore(_ reservation: Reservation, progress: Progress) {
    precondition(open[reservation.id] == nil, "a request reserves once")
    precondition(
      progress.used.count == reservation.claims.count
        && progress.pending.count == reservation.claims.count, "a figure for each claim")
    advance(to: reservation.time)
    let places = reservation.claims.map { claim in
      let place = table.place(of: claim.key) ?? table.add(claim.key, at: now)
      table[place].restore(reserved: claim.amount, now: now)
      return place
    }
    open[reservation.id] = OpenReservation(
      reservation: reservation, progress: progress, places: places)
    wait(for: reservation)
  }

  /// Every counter as it stands, sorted by nothing a reader could rely on.
  package func standings(at time: Timestamp) -> [CounterStanding] {
    let now = max(now, time)
    return table.all.map { counter in
      CounterStanding(
        key: counter.key, settled: counter.settled(at: now),
        reserved: Int64(clamping: counter.reserved))
    }
  }
}
