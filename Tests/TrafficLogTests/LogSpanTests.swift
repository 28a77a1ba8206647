import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import TrafficLog

@Suite struct `The time a log covers` {
  private static let hour: Int64 = 3_600_000
  private static let day = 24 * hour
  /// A Monday.
  private static let monday: Int64 = 20_766 * day

  private static func span(_ times: some Sequence<Int64>) -> LogSpan {
    var span = LogSpan()
    for time in times { span.add(Timestamp(milliseconds: time)) }
    return span
  }

  private static func covered(_ times: some Sequence<Int64>) -> Int128? {
    span(times).covered?.milliseconds
  }

  @Test func `is seven days of seven daily requests`() throws {
    let covered = try #require(Self.span((0..<7).map { Self.monday + $0 * Self.day }).covered)
    #expect(covered.milliseconds == Int128(7 * Self.day))
    #expect(covered.share(of: 700, in: CoveredTime.day) == 100)
    #expect(covered.share(of: -700, in: CoveredTime.day) == -100)
    #expect(covered.share(of: 7, in: CoveredTime.year) == 365)
    #expect(
      covered.words
        == "7.0 days: from the first request to the last, and 1.0 days after it, as long as its longest pause"
    )
  }

  @Test func `is two weeks of two weeks of office hours`() {
    var times: [Int64] = []
    for day in Int64(0)..<14 where day % 7 < 5 {
      for minute in stride(from: Int64(9 * 60), through: 17 * 60, by: 7) {
        times.append(Self.monday + day * Self.day + minute * 60_000)
      }
    }
    let slack = Int128(7 * 60_000)
    let whole = Int128(14 * Self.day)
    let covered = Self.covered(times) ?? 0
    #expect((whole - slack...whole + slack).contains(covered), "\(covered)")
  }

  @Test func `is hardly more than what went by where requests come steadily`() throws {
    let span = Self.span((0...3600).map { Self.monday + $0 * 1000 })
    let covered = try #require(span.covered)
    #expect(covered.elapsed == Int128(Self.hour))
    #expect(covered.after == 1000)
    // Less than a day says nothing of a day.
    #expect(covered.share(of: 1, in: CoveredTime.day) == nil)
  }

  @Test func `is at least what went by and the mean of what lies between two`() {
    // Both within an hour: what lies between them is no pause that is kept.
    #expect(Self.covered([Self.monday, Self.monday + 600_000]) == 1_200_000)
  }

  @Test func `is not known of one request, nor of some that came at once`() {
    #expect(Self.span([]).first == nil)
    #expect(Self.covered([]) == nil)
    #expect(Self.covered([Self.monday]) == nil)
    #expect(Self.covered([Self.monday, Self.monday, Self.monday]) == nil)
  }

  @Test func `leaves out a pause of more than a year, as a clock at 1970 makes one`() throws {
    let week = (0..<7).map { Self.monday + $0 * Self.day }
    for stray in [0, -62_135_596_800_000, Self.monday + 800 * Self.day] {
      let span = Self.span(week + [stray])
      let covered = try #require(span.covered)
      #expect(covered.milliseconds == Int128(7 * Self.day))
      #expect(covered.words == Self.span(week).covered?.words)
      let from = min(stray, week.last ?? 0) == stray ? stray : week.last ?? 0
      let to = from == stray ? Self.monday : stray
      #expect(
        span.gaps == [
          LogGap(from: Timestamp(milliseconds: from), to: Timestamp(milliseconds: to))
        ])
    }
    #expect(Self.span(week).gaps.isEmpty)
    // A job of every year has pauses that are its own.
    #expect(Self.covered([0, 366 * Self.day]) == Int128(2 * 366 * Self.day))
    #expect(Self.covered([0, 366 * Self.day + 1]) == nil)
  }

  @Test func `is that of two weeks where two weeks of two years are one log`() throws {
    let first = (0..<7).map { Self.monday + $0 * Self.day }
    let covered = try #require(Self.span(first + first.map { $0 + 700 * Self.day }).covered)
    #expect(covered.milliseconds == Int128(14 * Self.day))
    #expect(
      covered.words
        == "14.0 days in 2 parts: in each from its first request to its last, and 2.0 days after "
        + "them all, for each as long as its own longest pause")
  }

  /// The rule by all times sorted, but for pauses within an hour.
  private static func plainly(_ times: [Int64]) -> Int128? {
    let sorted = times.sorted().map { Int128($0) }
    var parts: [[Int128]] = []
    for time in sorted {
      if let last = parts.last?.last, time - last <= Int128(366 * day) {
        parts[parts.count - 1].append(time)
      } else {
        parts.append([time])
      }
    }
    let covered = parts.compactMap(plainly)
    return covered.isEmpty ? nil : covered.reduce(0, +)
  }

  /// Of times no two of which are more than a year apart.
  private static func plainly(_ sorted: [Int128]) -> Int128? {
    guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
    let hours: Int128 = 1 << 40
    func number(_ time: Int128) -> Int128 { (time + hours * 3_600_000) / 3_600_000 }
    let pauses: [Int128] = zip(sorted, sorted.dropFirst()).filter { pair in
      number(pair.0) != number(pair.1)
    }
    .map { pair in pair.1 - pair.0 }
    let mean = (last - first) / Int128(sorted.count - 1)
    return last - first + max(mean, pauses.max() ?? 0)
  }

  @Test func `does not hang on the order of requests, also before 1970`() {
    var random = SplitMix(state: 7)
    for _ in 0..<300 {
      let width = UInt64(1) << UInt64.random(in: 8...40, using: &random)
      let start = Int64.random(in: -2_000_000_000_000...2_000_000_000_000, using: &random)
      let times = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        start + Int64(UInt64.random(in: 0..<width, using: &random))
      }
      let expected = Self.plainly(times)
      #expect(Self.covered(times) == expected, "\(times)")
      #expect(Self.covered(times.sorted()) == expected, "\(times)")
      #expect(Self.span(times).first?.milliseconds == times.min())
      #expect(Self.span(times).last?.milliseconds == times.max())
    }
  }

  @Test func `of requests in more hours than are kept is what went by, and says so`() throws {
    func hours(_ count: Int) -> LogSpan {
      Self.span((0..<Int64(count)).map { Self.monday + $0 * Self.hour })
    }
    let most = try #require(hours(LogSpan.hourLimit).covered)
    #expect(most.after == Int128(Self.hour))
    let more = try #require(hours(LogSpan.hourLimit + 1).covered)
    #expect(more.milliseconds == Int128(LogSpan.hourLimit) * Int128(Self.hour))
    #expect(more.words.contains("pauses are not counted"))
  }

  @Test func `takes any time there can be`() throws {
    let span = Self.span([.max, .min, 0, -1, .min + 1, .max - 1, .min])
    #expect(span.first?.milliseconds == .min)
    #expect(span.last?.milliseconds == .max)
    // The pairs at the ends and in the middle, each within an hour or across one.
    let covered = try #require(span.covered)
    #expect(covered.elapsed == 3)
    #expect(span.gaps.count == 2)
    _ = covered.words
    #expect(covered.share(of: Int128(Int64.max) << 40, in: CoveredTime.year) == nil)
    let most = CoveredTime(elapsed: Int128(UInt64.max), after: Int128(UInt64.max), isPause: true)
    #expect(most.share(of: Int128(Int64.max) << 40, in: CoveredTime.year) != nil)
  }
}
