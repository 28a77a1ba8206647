import ArgumentParser

/// How many items of a batch may start in a time: `100/min`, `10/s`.
struct BatchRate: Hashable, Sendable {
  let count: Int64
  /// In nanoseconds.
  let period: Int64

  /// Says what a rate is where the argument is none.
  init(reading argument: String) throws {
    let units: [String: Int64] = [
      "s": 1_000_000_000, "min": 60_000_000_000, "h": 3_600_000_000_000,
    ]
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int64(parts[0]), (1...1_000_000).contains(count),
      let period = units[String(parts[1])]
    else {
      throw ValidationError(
        "write a whole number from 1 to 1000000 and the time they may start in, s, min or h: 100/min"
      )
    }
    self.count = count
    self.period = period
  }
}

/// Lets items start evenly, no faster than a rate; a value without a clock.
///
/// Time that nobody used is saved up for a tenth of a second at most, and for one item at least. So
/// in any time there start no more than the rate allows in it, and that much on top. Exact: times are
/// counted in parts of a nanosecond.
struct StartBucket: Sendable {
  private let rate: BatchRate
  /// How far ahead of its time an item may start, in nanoseconds times the rate's count.
  private let slack: Int128
  /// When the next item would start if all kept their distance, in the same.
  private var next: Int128 = 0

  init(_ rate: BatchRate) {
    self.rate = rate
    slack = max(0, 100_000_000 * Int128(rate.count) - Int128(rate.period))
  }

  /// Takes a place at `now`, in nanoseconds since anything; the nanoseconds to wait if there is none.
  mutating func take(at now: Int64) -> Int64? {
    let time = Int128(now) * Int128(rate.count)
    let early = max(next, time) - slack
    guard early <= time else {
      let wait = early - time
      return Int64(clamping: (wait + Int128(rate.count) - 1) / Int128(rate.count))
    }
    next = max(next, time) + Int128(rate.period)
    return nil
  }
}
