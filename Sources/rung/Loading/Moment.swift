import Foundation
import PolicyGraph
import PolicyUnits
import RoutingBudgets
import ZoneClock

/// The clock of the command: what `--at` says, and now.
enum Moment {
  /// Reads `--at`: `2026-03-01T09:30:00Z`, `2026-03-01T09:30:00+01:00`, or `2026-03-01` for midnight
  /// UTC.
  static func parse(_ text: String) throws(CommandFailure) -> Date {
    do throws(ClockProblem) {
      return try WallClock.instant(text)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The wall clock of `date` in `zone` (nil is UTC).
  static func local(_ date: Date, zone: String?) throws(CommandFailure) -> LocalMoment {
    do throws(ClockProblem) {
      return try WallClock.local(date, zone: zone)
    } catch {
      throw CommandFailure(error)
    }
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

extension CommandFailure {
  init(_ problem: ClockProblem) {
    switch problem {
    case .unreadable(let text): self.init("`--at \(text)` is no time: \(ClockProblem.form)")
    case .outsideCalendar: self.init("`--at` lies outside the years 1 to 9999")
    case .unknownZone: self.init("\(problem)", exit: .couldNotRun)
    }
  }
}
