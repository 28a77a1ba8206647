import PolicyUnits
package import RoutingBudgets

/// How much time the requests of a log stand for, so that what they cost can be said of a day.
///
/// A log ends with its last request, and not when the next one would have come: seven daily requests are
/// six days apart, and what they cost is that of seven. So it covers the time from its first request to
/// its last and one pause after that, the longest in it: a daily job's night, an office's weekend, next to
/// nothing for steady traffic.
///
/// A pause of more than a year is no part of that. A clock that stood at 1970 made it, or two logs are
/// read as one: what lies on either side of it is a part for itself, and covers its own time.
///
/// Requests come in any order. Of each hour in which there are some the first and the last is kept, so a
/// pause is told exactly unless it begins and ends within one hour.
package struct LogSpan: Sendable {
  /// Hours with requests that are kept: more than seven years of them, in some 5 MB.
  package static let hourLimit = 65_536

  /// What is more is no pause of a log: a leap year, in milliseconds.
  static let longestPause = Int128(366 * 24 * hour)

  /// In milliseconds since 1970.
  private struct Hour {
    var first: Int64
    var last: Int64
    var requests: Int64 = 1

    mutating func add(_ other: Hour) {
      first = min(first, other.first)
      last = max(last, other.last)
      requests += other.requests
    }
  }

  private static let hour: Int64 = 3_600_000

  /// All of it, but for what is still in `recent`.
  private var whole: Hour?
  /// By their number since 1970, but for what is still in `recent`; nil once there were too many.
  private var hours: [Int64: Hour]? = [:]
  /// Requests mostly come in one hour after the other: one is summed up before it goes into the table.
  private var recent: (number: Int64, bounds: ClosedRange<Int64>, hour: Hour)?

  package init() {}

  package mutating func add(_ time: Timestamp) {
    let time = time.milliseconds
    if recent?.bounds.contains(time) == true {
      recent?.hour.add(Hour(first: time, last: time))
      return
    }
    settle()
    let (quotient, rest) = time.quotientAndRemainder(dividingBy: Self.hour)
    let number = rest < 0 ? quotient - 1 : quotient
    recent = (number, Self.bounds(of: number), Hour(first: time, last: time))
  }

  /// The first and the last hour there can be are not whole.
  private static func bounds(of number: Int64) -> ClosedRange<Int64> {
    let start = Int128(number) * Int128(hour)
    return Int64(clamping: start)...Int64(clamping: start + Int128(hour) - 1)
  }

  private mutating func settle() {
    guard let recent else { return }
    if whole?.add(recent.hour) == nil { whole = recent.hour }
    if hours?[recent.number]?.add(recent.hour) == nil { hours?[recent.number] = recent.hour }
    if let kept = hours?.count, kept > Self.hourLimit { hours = nil }
    self.recent = nil
  }

  private var settled: Self {
    var settled = self
    settled.settle()
    return settled
  }

  package var first: Timestamp? { settled.whole.map { Timestamp(milliseconds: $0.first) } }
  package var last: Timestamp? { settled.whole.map { Timestamp(milliseconds: $0.last) } }

  /// Hours with requests between two pauses of more than a year.
  private struct Part {
    var whole: Hour
    var pause: Int128 = 0

    /// Nil where all came at once: nobody knows when the next would have.
    var covered: CoveredTime? {
      guard whole.first < whole.last else { return nil }
      let elapsed = Int128(whole.last) - Int128(whole.first)
      let mean = elapsed / Int128(whole.requests - 1)
      return CoveredTime(elapsed: elapsed, after: max(pause, mean), isPause: pause >= mean)
    }
  }

  /// In the order of time; all as one where there are too many hours.
  private var parts: [Part] {
    let all = settled
    guard let hours = all.hours?.values.sorted(by: { $0.first < $1.first }) else {
      return all.whole.map { [Part(whole: $0)] } ?? []
    }
    var parts: [Part] = []
    for hour in hours {
      guard let last = parts.indices.last else {
        parts.append(Part(whole: hour))
        continue
      }
      let pause = Int128(hour.first) - Int128(parts[last].whole.last)
      if pause > Self.longestPause {
        parts.append(Part(whole: hour))
      } else {
        parts[last].whole.add(hour)
        parts[last].pause = max(parts[last].pause, pause)
      }
    }
    return parts
  }

  /// Pauses of more than a year, in the order of time.
  package var gaps: [LogGap] {
    let parts = parts
    return zip(parts, parts.dropFirst()).map { before, after in
      LogGap(
        from: Timestamp(milliseconds: before.whole.last),
        to: Timestamp(milliseconds: after.whole.first))
    }
  }

  /// Nil for one request, and for requests that came more than a year apart or all at once.
  package var covered: CoveredTime? {
    let parts = parts.compactMap(\.covered)
    guard let first = parts.first else { return nil }
    if settled.hours == nil { return CoveredTime(elapsed: first.elapsed, after: 0, isPause: false) }
    return parts.dropFirst().reduce(first) { $0 + $1 }
  }
}

/// A pause of more than a year in a log: no request lies between its ends.
package struct LogGap: Hashable, Sendable {
  package let from: Timestamp
  package let to: Timestamp

  /// In milliseconds.
  package var length: Int128 { Int128(to.milliseconds) - Int128(from.milliseconds) }
}

/// The time a log covers, in milliseconds.
package struct CoveredTime: Hashable, Sendable {
  /// From the first request to the last.
  package let elapsed: Int128
  /// What is added for the time after the last; 0 where the pauses of a log could not be kept.
  package let after: Int128
  /// Whether that is the log's longest pause; else it is what lies between two requests on average.
  package let isPause: Bool
  /// More than one where pauses of more than a year lie between; then the others are of all together.
  package var parts = 1

  static func + (a: CoveredTime, b: CoveredTime) -> CoveredTime {
    CoveredTime(
      elapsed: a.elapsed + b.elapsed, after: a.after + b.after, isPause: a.isPause && b.isPause,
      parts: a.parts + b.parts)
  }

  package static let day: Int128 = 86_400_000
  package static let year: Int128 = 365 * day

  package var milliseconds: Int128 { elapsed + after }

  /// What an amount in this time comes to in another, rounded towards zero; nil for a log of less than a
  /// day, which says nothing of a night.
  package func share(of amount: Int128, in time: Int128) -> Int128? {
    guard milliseconds >= Self.day else { return nil }
    // In two halves, so that no product leaves its 128 bits.
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: milliseconds)
    return whole * time + rest * time / milliseconds
  }

  /// `7.0`, to the nearest tenth.
  package var days: String { Self.tenths(milliseconds, of: Self.day) }

  /// What a figure of a day rests on: `7.0 days: from the first request to the last, and 1.0 days after
  /// it, as long as the longest pause`.
  package var words: String {
    if parts > 1 {
      return "\(days) days in \(parts) parts: in each from its first request to its last, and "
        + "\(Self.rough(after)) after them all, for each as long as its own longest pause"
    }
    let whole = "\(days) days: from the first request to the last"
    guard after > 0 else {
      return whole + "; pauses are not counted of requests in more than "
        + "\(Amounts.grouped(Int64(LogSpan.hourLimit))) different hours"
    }
    return whole + ", and \(Self.rough(after)) after it, "
      + (isPause ? "as long as its longest pause" : "what two lie apart on average")
  }

  private static func rough(_ time: Int128) -> String {
    let units: [(Int128, String)] = [(day, "days"), (3_600_000, "hours"), (60_000, "minutes")]
    let (size, name) = units.first { time >= $0.0 } ?? (1000, "seconds")
    return "\(tenths(time, of: size)) \(name)"
  }

  private static func tenths(_ time: Int128, of size: Int128) -> String {
    let tenths = (time * 10 + size / 2) / size
    return "\(Amounts.grouped(Int64(clamping: tenths / 10))).\(tenths % 10)"
  }
}
