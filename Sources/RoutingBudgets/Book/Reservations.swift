/// How a reservation ended: what it counts for good, the rest is given back.
package struct EndedReservation: Hashable, Sendable {
  package let reservation: Reservation
  /// For each claim of the reservation, in order.
  package let used: [Int64]
  /// When it ended, by the book's clock.
  package let time: Timestamp

  package init(reservation: Reservation, used: [Int64], time: Timestamp) {
    self.reservation = reservation
    self.used = used
    self.time = time
  }

  /// Whether more was billed than had been set aside.
  package var isOverrun: Bool {
    zip(reservation.claims, used).contains { $0.key.window != .running && $1 > $0.amount }
  }

  /// What it adds to counters that outlive it.
  package var charges: [(key: CounterKey, amount: Int64)] {
    zip(reservation.claims, used).compactMap { claim, used in
      claim.key.window == .running || used == 0 ? nil : (claim.key, used)
    }
  }
}

/// Whether a call may be made after its progress was noted.
package enum Noted: Hashable, Sendable {
  case noted
  /// The call could use more than is set aside: it must not be made.
  case beyond(Claim)
  /// The reservation has ended, by its expiry or otherwise: the call must not be made.
  case unknown
}

/// A request that holds something, and how far it has come.
package struct OpenReservation: Hashable, Sendable {
  /// Its time is the book's: never before a time the book has seen.
  package let reservation: Reservation
  package internal(set) var progress: Progress
  /// Of its claims' counters.
  var places: [Int]
}

/// A counter as it stands.
package struct CounterStanding: Hashable, Sendable {
  package let key: CounterKey
  package let settled: Int64
  package let reserved: Int64
}
