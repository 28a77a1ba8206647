/// An instant as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent.
package struct HTTPDate: Hashable, Sendable {
  /// Since 1970-01-01.
  package let seconds: Int64

  /// In the years 0 to 9999.
  package init(seconds: Int64) { self.seconds = seconds }

  /// Nil for anything else; the weekday is not looked at.
  package init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","), parts[5] == "GMT",
      let day = Self.number(parts[1], digits: 2), (1...31).contains(day),
      let month = Self.months.firstIndex(of: String(parts[2])),
      let year = Self.number(parts[3], digits: 4),
      let time = Self.time(parts[4])
    else { return nil }
    seconds = Self.days(year, Int64(month) + 1, day) * 86_400 + time
  }

  /// As it may be sent.
  package var text: String {
    let days = seconds.floored(by: 86_400)
    let (year, month, day) = Self.date(days)
    let time = seconds - days * 86_400
    // 1970 began on a Thursday.
    let weekday = Self.weekdays[Int(days + 4 - (days + 4).floored(by: 7) * 7)]
    let clock = [time / 3600, time / 60 % 60, time % 60].map { Self.digits($0, 2) }
    return "\(weekday), \(Self.digits(day, 2)) \(Self.months[Int(month) - 1]) "
      + "\(Self.digits(year, 4)) \(clock.joined(separator: ":")) GMT"
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

  /// The other way round than ``days(_:_:_:)``.
  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // From March.
    let place = (5 * dayOfYear + 2) / 153
    let month = place < 10 ? place + 3 : place - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * place + 2) / 5 + 1)
  }

  /// Days since 1970-01-01 in the Gregorian calendar; years of four digits.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    // Years begin in March, so that the day that is not always there is their last.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Int64 {
  fileprivate func floored(by size: Int64) -> Int64 {
    self >= 0 ? self / size : (self - size + 1) / size
  }
}
