import PolicyUnits

/// An instant as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent.
package struct HTTPDate: Hashable, Sendable {
  private let date: CalendarDate
  /// Of the day.
  private let time: Int64

  /// Nil outside of the years 1 to 9999.
  package init?(seconds: Int64) {
    let days = seconds.floored(by: 86_400)
    guard let date = CalendarDate(daysSince1970: days) else { return nil }
    self.date = date
    time = seconds - days * 86_400
  }

  /// Nil for anything else; the weekday is not looked at.
  package init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","), parts[5] == "GMT",
      let day = Self.number(parts[1], digits: 2),
      let month = Self.months.firstIndex(of: String(parts[2])),
      let year = Self.number(parts[3], digits: 4),
      let date = CalendarDate(year: Int(year), month: month + 1, day: Int(day)),
      let time = Self.time(parts[4])
    else { return nil }
    self.date = date
    self.time = time
  }

  /// Since 1970-01-01.
  package var seconds: Int64 { date.daysSince1970 * 86_400 + time }

  /// As it may be sent.
  package var text: String {
    // 1970 began on a Thursday.
    let weekday = Self.weekdays[Int((date.daysSince1970 + 4).modulo(7))]
    let clock = [time / 3600, time / 60 % 60, time % 60].map { Self.digits($0, 2) }
    return "\(weekday), \(Self.digits(Int64(date.day), 2)) \(Self.months[date.month - 1]) "
      + "\(Self.digits(Int64(date.year), 4)) \(clock.joined(separator: ":")) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func time(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 2), hour < 24,
      let minute = number(parts[1], digits: 2), minute < 60,
      let second = number(parts[2], digits: 2), second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  private static func number(_ text: Substring, digits: Int) -> Int64? {
    guard text.utf8.count == digits,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int64(text)
  }

  private static func digits(_ number: Int64, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}

extension Int64 {
  fileprivate func floored(by size: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: size)
    return rest < 0 ? quotient - 1 : quotient
  }

  fileprivate func modulo(_ size: Int64) -> Int64 { self - floored(by: size) * size }
}
