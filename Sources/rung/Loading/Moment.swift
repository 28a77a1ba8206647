import Foundation
import PolicyGraph
import PolicySemantics
import PolicyUnits

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
      "`--at \(text)` is no time: write it as 2026-03-01T09:30:00Z or 2026-03-01T09:30:00+01:00")
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

  /// Today in UTC, for suppressions that end.
  ///
  /// Counted, not asked of the calendar library: that one costs a third of a check's time to load.
  static var today: CalendarDate? {
    CalendarDate(daysSince1970: Int64((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
  }
}
