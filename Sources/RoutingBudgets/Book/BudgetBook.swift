/// The counters of one process: what is settled, what is set aside, and by whom.
///
/// A value without a clock, a disk or a lock: whoever holds it brings the time, keeps what must
/// survive, and lets one caller in at a time. Its own clock never goes back, whatever it is told.
///
/// INVARIANT: for each counter settled + reserved ≤ the cap it was granted under, at every instant;
/// only a provider that bills more than was set aside can break that, and then it is recorded.
package struct BudgetBook: Sendable {
  /// The latest time it was told.
  package private(set) var now = Timestamp(milliseconds: 0)
  var table = CounterTable()
  var open: [RequestID: OpenReservation] = [:]
  var expiries = ExpiryQueue()

  package init() {}

  /// How many requests hold something.
  package var openCount: Int { open.count }

  /// How many counters are kept.
  package var counterCount: Int { table.count }

  package func reservation(of id: RequestID) -> OpenReservation? { open[id] }

  /// All that hold something, by name.
  package var openReservations: [OpenReservation] {
    open.values.sorted { $0.reservation.id < $1.reservation.id }
  }

  /// What each counter has used at `time`, reservations included.
  ///
  /// - Complexity: O(keys).
  package func used(_ keys: [CounterKey], at time: Timestamp) -> [Int64] {
    let now = max(now, time)
    return keys.map { key in table.place(of: key).map { table[$0].used(at: now) } ?? 0 }
  }

  /// Sets all claims aside, or none.
  ///
  /// `first` is the progress with which the first call leaves.
  /// - Precondition: the name is new, no claim is negative, and the first call stays within the claims.
  /// - Complexity: O(claims), amortised.
  package mutating func reserve(_ reservation: Reservation, first: Progress) -> Admission {
    precondition(open[reservation.id] == nil, "a request reserves once")
    precondition(first.isWithin(reservation.claims), "the first call stays within its claims")
    advance(to: reservation.time)
    table.sweep(reservation.claims.count + 2, at: now)
    if table.isSparse { closeGaps() }
    var places: [Int] = []
    places.reserveCapacity(reservation.claims.count)
    for claim in reservation.claims {
      if let place = grant(claim) {
        places.append(place)
        continue
      }
      let used = self.used([claim.key], at: now)[0]
      // What is no longer kept cannot be counted on, so it counts as full.
      let isOver = table.place(of: claim.key) == nil && claim.key.window.isOver(at: now)
      undo(places, of: reservation)
      return .full(claim, used: isOver ? max(used, claim.cap) : used)
    }
    let dated = Reservation(
      id: reservation.id, claims: reservation.claims, time: now, expiry: reservation.expiry)
    open[reservation.id] = OpenReservation(reservation: dated, progress: first, places: places)
    wait(for: dated)
    return .granted
  }

  /// Says what has been used so far and what the call about to be made may use.
  package mutating func note(_ progress: Progress, of id: RequestID) -> Noted {
    guard let claims = open[id]?.reservation.claims else { return .unknown }
    if let claim = progress.firstBeyond(claims) { return .beyond(claim) }
    open[id]?.progress = progress
    return .noted
  }

  /// Replaces a reservation by what was used, a figure for each claim.
  ///
  /// - Returns: nil, and nothing changes, if it has ended already.
  package mutating func settle(
    _ id: RequestID, used: [Int64], at time: Timestamp
  ) -> EndedReservation? {
    advance(to: time)
    guard let ended = open.removeValue(forKey: id) else { return nil }
    let claims = ended.reservation.claims
    precondition(used.count == claims.count, "a figure for each claim")
    for index in claims.indices {
      table[ended.places[index]].settle(
        claims[index].amount, used: used[index], admitted: ended.reservation.time, at: now)
    }
    expiries.tidy(open: open.count) { open[$0.id]?.reservation.expiry == $0.expiry }
    return EndedReservation(reservation: ended.reservation, used: used, time: now)
  }

  /// Gives a reservation back: nothing was used.
  package mutating func release(_ id: RequestID, at time: Timestamp) -> EndedReservation? {
    guard let claims = open[id]?.reservation.claims else { return nil }
    return settle(id, used: [Int64](repeating: 0, count: claims.count), at: time)
  }

  mutating func advance(to time: Timestamp) { now = max(now, time) }

  mutating func wait(for reservation: Reservation) {
    expiries.add(ExpiryQueue.Item(expiry: reservation.expiry, id: reservation.id))
  }

  /// The place of the claim's counter once the claim is set aside; nil if it does not fit.
  private mutating func grant(_ claim: Claim) -> Int? {
    if let place = table.place(of: claim.key) {
      return table[place].reserve(claim.amount, cap: claim.cap, at: now) ? place : nil
    }
    precondition(claim.amount >= 0, "a claim is never negative")
    guard claim.amount <= claim.cap, !claim.key.window.isOver(at: now) else { return nil }
    let place = table.add(claim.key, at: now)
    let isGranted = table[place].reserve(claim.amount, cap: claim.cap, at: now)
    precondition(isGranted, "an unused counter holds whatever its cap allows")
    return place
  }

  private mutating func undo(_ places: [Int], of reservation: Reservation) {
    for (index, place) in places.enumerated().reversed() {
      table[place].undo(reservation.claims[index].amount)
      if table[place].isUntouched { table.forget(place) }
    }
  }

  private mutating func closeGaps() {
    let moved = table.compact()
    for id in Array(open.keys) {
      guard let places = open[id]?.places else { continue }
      open[id]?.places = places.map { moved[$0] }
    }
  }
}

extension Progress {
  /// The first claim of which this could use more than is set aside for it.
  ///
  /// Where nothing more is to be used nothing can pass: a provider may already have billed too much.
  func firstBeyond(_ claims: [Claim]) -> Claim? {
    precondition(
      used.count == claims.count && pending.count == claims.count, "a figure for each claim")
    for index in claims.indices {
      precondition(used[index] >= 0 && pending[index] >= 0, "nothing flows back")
      if pending[index] > 0, used[index].addingClamped(pending[index]) > claims[index].amount {
        return claims[index]
      }
    }
    return nil
  }

  fileprivate func isWithin(_ claims: [Claim]) -> Bool { firstBeyond(claims) == nil }
}
