package import PolicyUnits
package import RoutingBudgets

/// Instants as text: what the ledger writes, and the spellings of it that other programs' files use.
package enum ISOTime {
  /// An instant that was read, in whole milliseconds.
  package struct Reading: Hashable, Sendable {
    package let time: Timestamp
    /// Whether the text was finer than a millisecond; the rest was cut off.
    package let isCut: Bool
  }

  /// As `2026-11-21T12:00:00.123Z`; nil outside the years 1…9999.
  package static func text(_ time: Timestamp) -> String? {
    let day = floored(time.milliseconds, by: 86_400_000)
    guard let date = CalendarDate(daysSince1970: day.quotient) else { return nil }
    let milliseconds = day.remainder
    let clock = [
      padded(milliseconds / 3_600_000, 2), padded(milliseconds / 60_000 % 60, 2),
      padded(milliseconds / 1000 % 60, 2),
    ].joined(separator: ":")
    return "\(text(date))T\(clock).\(padded(milliseconds % 1000, 3))Z"
  }

  /// As `2026-11-21`.
  package static func text(_ date: CalendarDate) -> String {
    "\(padded(Int64(date.year), 4))-\(padded(Int64(date.month), 2))-\(padded(Int64(date.day), 2))"
  }

  /// Reads what ``text(_:)-(CalendarDate)`` wrote; nil for anything else.
  package static func date(_ text: some StringProtocol) -> CalendarDate? {
    var scan = Scan(text)
    guard let date = scan.date(), scan.isAtEnd else { return nil }
    return date
  }

  /// Reads `2026-11-21T12:00:00.123Z` and its relatives; nil for anything else.
  ///
  /// A space for the `T`, any number of decimals, no seconds, no time at all; `Z`, `UTC`, `+01:00`,
  /// `+0100` or `+01`, and UTC where no zone is written.
  package static func read(_ text: some StringProtocol) -> Reading? {
    var scan = Scan(text)
    guard let date = scan.date() else { return nil }
    var milliseconds = date.daysSince1970 * 86_400_000
    var isCut = false
    if !scan.isAtEnd {
      guard scan.take(oneOf: "Tt "), let clock = scan.clock(), let offset = scan.offset(),
        scan.isAtEnd
      else { return nil }
      milliseconds += clock.milliseconds - offset * 60_000
      isCut = clock.isCut
    }
    return Reading(time: Timestamp(milliseconds: milliseconds), isCut: isCut)
  }

  /// Reads seconds (9 or 10 digits, with or without decimals) or milliseconds (12 or 13 digits) since
  /// 1970; nil for every other count of digits, which could mean anything.
  package static func readEpoch(_ text: some StringProtocol) -> Reading? {
    let halves = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count), halves.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
      let whole = Int64(halves[0])
    else { return nil }
    let fraction = halves.count == 2 ? Array(halves[1].utf8) : []
    switch halves[0].utf8.count {
    case 9...10:
      var milliseconds: Int64 = 0
      for place in 0..<3 {
        let digit = place < fraction.count ? Int64(fraction[place] - 0x30) : 0
        milliseconds = milliseconds * 10 + digit
      }
      let isCut = fraction.dropFirst(3).contains { $0 != 0x30 }
      return Reading(time: Timestamp(milliseconds: whole * 1000 + milliseconds), isCut: isCut)
    case 12...13:
      let isCut = fraction.contains { $0 != 0x30 }
      return Reading(time: Timestamp(milliseconds: whole), isCut: isCut)
    default: return nil
    }
  }

  private static func floored(
    _ value: Int64, by size: Int64
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: size)
    return remainder < 0 ? (quotient - 1, remainder + size) : (quotient, remainder)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// Goes over a text from left to right.
private struct Scan {
  private var rest: ArraySlice<UInt8>

  init(_ text: some StringProtocol) { rest = Array(text.utf8)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(oneOf letters: StaticString) -> Bool {
    guard let byte = rest.first, letters.description.utf8.contains(byte) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ digits: Int) -> Int? {
    guard rest.count >= digits, rest.prefix(digits).allSatisfy(\.isDigit) else { return nil }
    var value = 0
    for _ in 0..<digits { value = value * 10 + Int(rest.removeFirst() - 0x30) }
    return value
  }

  mutating func date() -> CalendarDate? {
    guard let year = number(4), take(oneOf: "-"), let month = number(2), take(oneOf: "-"),
      let day = number(2)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  mutating func clock() -> (milliseconds: Int64, isCut: Bool)? {
    guard let hour = number(2), take(oneOf: ":"), let minute = number(2), hour < 24, minute < 60
    else { return nil }
    var milliseconds = Int64(hour) * 3_600_000 + Int64(minute) * 60_000
    guard take(oneOf: ":") else { return (milliseconds, false) }
    guard let second = number(2), second < 60 else { return nil }
    milliseconds += Int64(second) * 1000
    guard take(oneOf: ".,") else { return (milliseconds, false) }
    var unit: Int64 = 100
    var isCut = false
    guard rest.first?.isDigit == true else { return nil }
    while let byte = rest.first, byte.isDigit {
      rest.removeFirst()
      milliseconds += Int64(byte - 0x30) * unit
      if unit == 0, byte != 0x30 { isCut = true }
      unit /= 10
    }
    return (milliseconds, isCut)
  }

  /// Minutes ahead of UTC; zero where nothing is written.
  mutating func offset() -> Int64? {
    _ = take(oneOf: " ")
    if isAtEnd || take(oneOf: "Zz") { return 0 }
    if rest.elementsEqual("UTC".utf8) {
      rest = []
      return 0
    }
    let isBehind = rest.first == UInt8(ascii: "-")
    guard take(oneOf: "+-"), let hours = number(2), hours < 24 else { return nil }
    var minutes = 0
    if !isAtEnd {
      _ = take(oneOf: ":")
      guard let written = number(2), written < 60 else { return nil }
      minutes = written
    }
    let whole = Int64(hours * 60 + minutes)
    return isBehind ? -whole : whole
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
}
