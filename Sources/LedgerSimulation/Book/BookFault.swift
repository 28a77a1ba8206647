import RoutingBudgets

/// A mistake that can be switched on, to show that the simulation finds it.
package enum BookFault: String, Hashable, Sendable, CaseIterable {
  /// What a request did not use stays set aside.
  case settlesWithoutRelease
  /// Reservations nobody ends are never ended.
  case ignoresExpiry
  /// Only the first claim is held against its cap.
  case checksFirstClaimOnly
  /// What was used is forgotten.
  case settlesNothing
  /// A lost reservation is given back whole.
  case expiresForFree
  /// Rolling windows move on before their time.
  case rollsTooSoon
  /// Requests are refused that would fit.
  case refusesTooMuch
  /// A request that was cancelled before it was sent is never released.
  case forgetsCancelled
}

/// The book, with a planted mistake or none.
struct TestedBook: Sendable {
  private(set) var book = BudgetBook()
  let fault: BookFault?
  private var shadows = 0

  init(fault: BookFault?) { self.fault = fault }

  func used(_ keys: [CounterKey], at time: Timestamp) -> [Int64] {
    book.used(keys, at: shifted(time))
  }

  mutating func reserve(_ reservation: Reservation, first: Progress) -> Admission {
    var claims = reservation.claims
    if fault == .checksFirstClaimOnly {
      claims = claims.enumerated().map { index, claim in
        index == 0 ? claim : Claim(key: claim.key, cap: .max, amount: claim.amount)
      }
    }
    if fault == .refusesTooMuch, let claim = claims.first {
      claims[0] = Claim(key: claim.key, cap: claim.cap - claim.cap / 4, amount: claim.amount)
    }
    let time = shifted(reservation.time)
    let asked = Reservation(
      id: reservation.id, claims: claims, time: time, expiry: reservation.expiry)
    return book.reserve(asked, first: first)
  }

  mutating func note(_ progress: Progress, of id: RequestID) -> Noted {
    book.note(progress, of: id)
  }

  mutating func settle(_ id: RequestID, used: [Int64], at time: Timestamp) {
    guard
      let ended = book.settle(
        id, used: fault == .settlesNothing ? used.map { _ in 0 } : used, at: time)
    else { return }
    guard fault == .settlesWithoutRelease else { return }
    shadows += 1
    let claims = zip(ended.reservation.claims, used).map { claim, used in
      Claim(key: claim.key, cap: .max, amount: max(0, claim.amount - used))
    }
    let kept = Reservation(
      id: RequestID(high: .max, low: UInt64(shadows)), claims: claims, time: time,
      expiry: Timestamp(milliseconds: .max))
    let none = [Int64](repeating: 0, count: claims.count)
    _ = book.reserve(kept, first: Progress(used: none, pending: none))
  }

  mutating func release(_ id: RequestID, at time: Timestamp) {
    guard fault != .forgetsCancelled else { return }
    _ = book.release(id, at: time)
  }

  mutating func expire(at time: Timestamp) -> [EndedReservation] {
    switch fault {
    case .ignoresExpiry: return []
    case .expiresForFree:
      var ended: [EndedReservation] = []
      while let next = book.nextExpiry, next <= max(time, book.now) {
        let over = book.expire(at: next)
        ended += over
      }
      return ended.map {
        EndedReservation(
          reservation: $0.reservation, used: $0.used.map { _ in 0 }, time: $0.time)
      }
    default: return book.expire(at: time)
    }
  }

  private func shifted(_ time: Timestamp) -> Timestamp {
    fault == .rollsTooSoon ? Timestamp(milliseconds: time.milliseconds + 10_000) : time
  }
}
