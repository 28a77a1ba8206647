import PolicyGraph
import PolicySemantics
import PolicyUnits

extension CounterWindow {
  /// The stretch a request admitted at `moment` belongs to; nil for a bound on a single request.
  init?(_ window: CheckedBudget.Window?, at moment: LocalMoment) {
    switch window {
    case nil: self = .running
    case .request: return nil
    case .minute: self = .minute
    case .hour: self = .hour
    case .day: self = .day(moment.date)
    case .week: self = .week(moment.monday)
    case .month: self = .month(moment.firstOfMonth)
    }
  }
}

extension LocalMoment {
  /// Days since the week began.
  var daysIntoWeek: Int64 {
    switch weekday {
    case .monday: 0
    case .tuesday: 1
    case .wednesday: 2
    case .thursday: 3
    case .friday: 4
    case .saturday: 5
    case .sunday: 6
    }
  }

  /// Before the first Monday of the calendar, the date itself.
  fileprivate var monday: CalendarDate {
    CalendarDate(daysSince1970: date.daysSince1970 - daysIntoWeek) ?? date
  }

  fileprivate var firstOfMonth: CalendarDate {
    CalendarDate(daysSince1970: date.daysSince1970 - Int64(date.day - 1)) ?? date
  }

  /// Days of this month that come after this one.
  var daysLeftInMonth: Int64 {
    let next =
      date.month == 12
      ? CalendarDate(year: date.year + 1, month: 1, day: 1)
      : CalendarDate(year: date.year, month: date.month + 1, day: 1)
    return next.map { $0.daysSince1970 - date.daysSince1970 - 1 } ?? Int64(31 - date.day)
  }
}
