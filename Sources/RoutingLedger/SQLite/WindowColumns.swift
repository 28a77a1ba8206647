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
    func digit(_ number: Int) -> UInt8 { UInt8(0x30 + number % 10) }
    let (year, month, day) = (date.year, date.month, date.day)
    let letters = [
      digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), 0x2D,
      digit(month / 10), digit(month), 0x2D, digit(day / 10), digit(day),
    ]
    return String(decoding: letters, as: UTF8.self)
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
