import Foundation
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets

/// The clock at the rim: an instant and a zone become the plain moment a decision reads.
enum Moment {
  /// Reads `--at`: `2026-03-01T09:30:00Z`, `2026-03-01T09:30:00+01:00`, or `2026-03-01` for midnight
  /// UTC.
  static func parse(_ text: String) throws(CommandFailure) -> Date {
    let strategies: [Date.ISO8601FormatStyle] = [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
      Date.ISO8601FormatStyle().year().month().day(),
    ]
    for strategy in strategies {
      if let date = try? strategy.parse(text) { return date }
    }
    throw CommandFailure(
      "`--at \(text)` is no time: write it as 2026-03-01T09:30:00Z or 2026-03-01T09:30:00+01:00, "
        + "or as 2026-03-01T09:30:00 for the policy's own zone")
  }

  /// Reads `2026-03-01T09:30:00`, which names no offset: it is the policy's own wall clock.
  ///
  /// Nil for anything else.
  static func wallClock(_ text: String) -> LocalMoment? {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let day = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    let time = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard day.map(\.utf8.count) == [4, 2, 2], (2...3).contains(time.count),
      time.allSatisfy({ $0.utf8.count == 2 })
    else { return nil }
    let numbers = (day + time).map { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
    let found = numbers.compactMap { $0 }
    guard found.count == numbers.count, found[3] < 24, found[4...].allSatisfy({ $0 < 60 }),
      let date = CalendarDate(year: found[0], month: found[1], day: found[2])
    else { return nil }
    return LocalMoment(date, hour: found[3])
  }

  /// The wall clock of `date` in `zone` (nil is UTC).
  static func local(_ date: Date, zone: String?) throws(CommandFailure) -> LocalMoment {
    let name = zone ?? "UTC"
    guard let timeZone = TimeZone(identifier: name) else {
      throw CommandFailure(
        "this machine has no time zone `\(name)`: install the tzdata package", exit: .couldNotRun)
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour], from: date)
    guard let year = parts.year, let month = parts.month, let day = parts.day,
      let weekday = parts.weekday, let hour = parts.hour,
      let calendarDate = CalendarDate(year: year, month: month, day: day)
    else {
      throw CommandFailure("`--at` lies outside the years 1 to 9999")
    }
    // Foundation counts Sunday as 1; ours start on Monday.
    let days = Weekday.allCases
    return LocalMoment(date: calendarDate, weekday: days[(weekday + 5) % 7], hour: hour)
  }

  /// Now, for the ledger.
  static var timestamp: Timestamp {
    Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }

  /// Today in UTC, for suppressions that end.
  ///
  /// Counted, not asked of the calendar library: that one costs a third of a check's time to load.
  static var today: CalendarDate? {
    CalendarDate(daysSince1970: Int64((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
  }
}

extension LocalMoment {
  /// With the weekday that date has.
  init(_ date: CalendarDate, hour: Int) {
    // 1970-01-01 was a Thursday.
    let weekday = Int(((date.daysSince1970 + 3) % 7 + 7) % 7)
    self.init(date: date, weekday: Weekday.allCases[weekday], hour: hour)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
