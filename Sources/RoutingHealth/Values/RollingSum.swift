import PolicyUnits

/// What was counted in the last seconds.
///
/// Kept by whole seconds, so it reaches up to a second further back than its span and never less: a
/// limit held against it is held in every span. O(seconds) to read a wait, else O(1) amortized.
struct RollingSum: Hashable, Sendable {
  private var slots: [Int64]
  private var newest: Int64 = .min
  private(set) var total: Int64 = 0

  init(seconds: Int) { slots = Array(repeating: 0, count: max(1, seconds) + 1) }

  /// Counts; what is given back names the second this returns.
  mutating func add(_ amount: Int64, at now: Milliseconds) -> Int64 {
    let second = move(to: now)
    change(second, by: amount)
    return second
  }

  /// Corrects what was counted in a second, unless that is past.
  mutating func correct(_ second: Int64, by amount: Int64) {
    guard second <= newest, newest.saturatingDifference(second) < Int64(slots.count) else { return }
    change(second, by: amount)
  }

  mutating func sum(at now: Milliseconds) -> Int64 {
    _ = move(to: now)
    return total
  }

  /// When no more than `rest` is left of what is counted now; nil if that is never.
  mutating func falls(to rest: Int64, at now: Milliseconds) -> Milliseconds? {
    let second = move(to: now)
    guard rest >= 0 else { return nil }
    if total <= rest { return now }
    var left = total
    let count = Int64(slots.count)
    for past in stride(from: count - 1, through: 0, by: -1) {
      let slot = second.saturatingDifference(past)
      left = left.saturatingDifference(slots[place(slot)])
      if left <= rest { return Milliseconds((slot + count) * 1000) }
    }
    return nil
  }

  private mutating func change(_ second: Int64, by amount: Int64) {
    let place = place(second)
    let old = slots[place]
    slots[place] = max(0, old.saturatingSum(amount))
    total = total.saturatingSum(slots[place].saturatingDifference(old))
  }

  /// Forgets what is past; a clock that goes back counts in the newest second.
  private mutating func move(to now: Milliseconds) -> Int64 {
    let second = now.count.floored(by: 1000)
    guard second > newest else { return newest }
    let count = Int64(slots.count)
    if newest == .min || second.saturatingDifference(newest) >= count {
      for index in slots.indices { slots[index] = 0 }
      total = 0
    } else {
      for past in (newest + 1)...second {
        total = total.saturatingDifference(slots[place(past)])
        slots[place(past)] = 0
      }
    }
    newest = second
    return second
  }

  private func place(_ second: Int64) -> Int {
    let count = Int64(slots.count)
    return Int(((second % count) + count) % count)
  }
}

extension Int64 {
  /// Divided, rounded down; the divisor is above zero.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
