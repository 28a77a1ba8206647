package import PolicyGraph
package import PolicyUnits

/// A budget or limit that has not enough left for a request: the facts of its refusal.
package struct FullBudget: Hashable, Sendable {
  package let key: CounterKey
  /// The policy's cap, in the key's unit.
  package let cap: Int64
  /// What the request would have set aside; nil if not even its least fitted.
  package let needed: Int64?
  /// What the counter had used, reservations included.
  package let used: Int64
  package let reset: Reset

  package enum Reset: Hashable, Sendable {
    /// As soon as a running request ends.
    case whenOneEnds
    /// In this time or less: a calendar window begins anew, a rolling one has moved on.
    case within(Milliseconds)
    /// The request needs more than the whole cap.
    case never
  }

  /// Others were quicker to take what the claim needs.
  package init(_ claim: Claim, used: Int64, at moment: LocalMoment) {
    self.init(claim.key, cap: claim.cap, needed: claim.amount, used: used, at: moment)
  }

  /// What did not fit into all of the cap never will.
  package init(
    _ key: CounterKey, cap: Int64, needed: Int64?, used: Int64, at moment: LocalMoment
  ) {
    self.key = key
    self.cap = cap
    self.needed = needed
    self.used = used
    let isTooLarge = needed.map { $0 > cap } ?? (used <= 0 || cap <= 0)
    reset = isTooLarge ? .never : Self.reset(of: key.window, at: moment)
  }

  /// Never below zero.
  package var left: Int64 { cap > used ? cap - max(0, used) : 0 }

  /// Seconds after which it is worth another try: what `Retry-After` says; nil if none is.
  package var retryAfter: Int64? {
    switch reset {
    case .whenOneEnds: 1
    case .within(let time): time.count / 1000
    case .never: nil
    }
  }

  /// A moment is known to the hour, so calendar windows reset up to an hour sooner.
  private static func reset(of window: CounterWindow, at moment: LocalMoment) -> Reset {
    let today = Int64(24 - moment.hour)
    return switch window {
    case .running: .whenOneEnds
    case .minute: .within(Milliseconds(60_000))
    case .hour: .within(Milliseconds(3_600_000))
    case .day: .hours(today)
    case .week: .hours(today + 24 * (6 - moment.daysIntoWeek))
    case .month: .hours(today + 24 * moment.daysLeftInMonth)
    }
  }
}

extension FullBudget.Reset {
  fileprivate static func hours(_ hours: Int64) -> Self {
    .within(Milliseconds(hours * 3_600_000))
  }
}
