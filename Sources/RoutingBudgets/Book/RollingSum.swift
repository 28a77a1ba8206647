/// What was counted in the last minute or hour, in sixty stretches of it.
///
/// A stretch counts until all of it lies before the window, so no true window ever holds more than
/// the sum says; it says too much by at most a sixtieth of the window.
struct RollingSum: Sendable {
  private let window: Int64
  private let width: Int64
  /// Oldest first, only those with an amount: 61 at most.
  private var stretches: [Stretch] = []

  private struct Stretch: Sendable {
    let number: Int64
    var amount: Int64
  }

  /// - Parameter window: in milliseconds, a multiple of 60.
  init(window: Int64) {
    precondition(window > 0 && window.isMultiple(of: 60), "a window has sixty stretches")
    self.window = window
    width = window / 60
  }

  var isEmpty: Bool { stretches.isEmpty }

  /// What the window that ends now holds at most.
  ///
  /// - Complexity: O(stretches with an amount).
  func sum(at now: Timestamp) -> Int64 {
    let first = firstCounted(at: now)
    var sum: Int64 = 0
    for stretch in stretches.reversed() {
      guard stretch.number >= first else { break }
      sum = sum.addingClamped(stretch.amount)
    }
    return sum
  }

  /// Counts `amount` at `time`, unless that is no longer in the window that ends now.
  mutating func add(_ amount: Int64, at time: Timestamp, now: Timestamp) {
    precondition(amount >= 0, "nothing is ever taken back from a window")
    precondition(time.milliseconds >= 0, "times before 1970 have been clamped")
    let first = firstCounted(at: now)
    if let oldest = stretches.first, oldest.number < first {
      stretches.removeAll { $0.number < first }
    }
    let number = time.milliseconds / width
    guard amount > 0, number >= first else { return }
    var place = stretches.endIndex
    while place > 0, stretches[place - 1].number > number { place -= 1 }
    if place > 0, stretches[place - 1].number == number {
      stretches[place - 1].amount = stretches[place - 1].amount.addingClamped(amount)
    } else {
      stretches.insert(Stretch(number: number, amount: amount), at: place)
    }
  }

  // INVARIANT: every amount of the last `window` milliseconds lies in this stretch or a later one.
  private func firstCounted(at now: Timestamp) -> Int64 {
    max(0, now.milliseconds - window) / width
  }
}

extension Int64 {
  /// Saturates at the largest value: a counter that is too large stays too large.
  func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}
