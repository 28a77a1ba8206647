import PolicyUnits
import RoutingBudgets

/// A counter's window as two columns: its kind, and the first day of a calendar window.
struct WindowColumns {
  let kind: String
  /// `2026-11-21`; empty where the window has no first day.
  let start: String

  init(_ window: CounterWindow) {
    switch window {
    case .running: (kind, start) = ("running", "")
    case .minute: (kind, start) = ("minute", "")
    case .hour: (kind, start) = ("hour", "")
    case .day(let date): (kind, start) = ("day", Self.text(date))
    case .week(let date): (kind, start) = ("week", Self.text(date))
    case .month(let date): (kind, start) = ("month", Self.text(date))
    }
  }

  /// Nil if these columns name no window.
  static func window(kind: String, start: String) -> CounterWindow? {
    switch (kind, start, date(start)) {
    case ("running", "", _): .running
    case ("minute", "", _): .minute
    case ("hour", "", _): .hour
    case ("day", _, let date?): .day(date)
    case ("week", _, let date?): .week(date)
    case ("month", _, let date?): .month(date)
    case (_, _, _): nil
    }
  }

  static func text(_ date: CalendarDate) -> String {
    let digits = [(date.year, 4), (date.month, 2), (date.day, 2)].map { number, width in
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return digits.joined(separator: "-")
  }

  /// Reads what ``text(_:)`` wrote; nil for anything else.
  static func date(_ text: String) -> CalendarDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), let date = CalendarDate(year: year, month: month, day: day),
      Self.text(date) == text
    else { return nil }
    return date
  }
}
