/// A span of time in whole milliseconds: `200ms 60s 5m 1h 1d`.
package struct Milliseconds: Hashable, Comparable, Sendable {
  package let count: Int64

  package init(_ count: Int64) { self.count = count }

  package static func < (a: Milliseconds, b: Milliseconds) -> Bool { a.count < b.count }
}

/// A part of a whole in millionths: `50%` is 500,000.
///
/// May exceed the whole where a budget is overrun.
package struct Share: Hashable, Comparable, Sendable {
  package let millionths: Int64

  package init(millionths: Int64) { self.millionths = millionths }

  package static let whole = Share(millionths: 1_000_000)

  package static func < (a: Share, b: Share) -> Bool { a.millionths < b.millionths }
}

/// A score in 0…1 in millionths: `0.92` is 920,000.
///
/// Log-probabilities are scores below zero.
package struct Score: Hashable, Comparable, Sendable {
  package let millionths: Int64

  package init(millionths: Int64) { self.millionths = millionths }

  package static func < (a: Score, b: Score) -> Bool { a.millionths < b.millionths }
}

/// A number of tokens that is known only within limits; `bound` is never below the truth.
package struct TokenInterval: Hashable, Sendable {
  package let low: Int64
  package let high: Int64
  /// Never below the truth, whatever the tokenizer: for text its bytes plus message overhead.
  package let bound: Int64

  package init(low: Int64, high: Int64, bound: Int64) {
    self.low = low
    self.high = high
    self.bound = bound
  }
}

/// A calendar date, as `2027-01-31`.
package struct CalendarDate: Hashable, Comparable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Nil unless the date exists in the Gregorian calendar of the years 1…9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day >= 1, day <= lengths[month - 1] else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01, negative before.
  package var daysSince1970: Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  package static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}

extension CalendarDate {
  /// The date this many days after 1970-01-01; nil outside the years 1…9999.
  package init?(daysSince1970 days: Int64) {
    guard (-719_162...2_932_896).contains(days) else { return nil }
    let shifted = Int(days) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(year: year, month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
