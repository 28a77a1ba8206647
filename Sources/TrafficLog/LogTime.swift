import LedgerExchange
import PolicyUnits
import RoutingBudgets

/// Instants of a log's lines: the one spelling most programs write, read where it stands.
struct LogTime {
  /// The bytes of the last day that was read, `2026-11-` and `21T`: a log's lines mostly share it.
  private var day: (UInt64, UInt64) = (0, 0)
  private var daysSince1970: Int64 = 0

  /// Reads `2026-11-21T12:00:00Z`, with milliseconds or without, and every other spelling through
  /// ``ISOTime``; nil for what is no time.
  mutating func read(_ range: Range<Int>, in bytes: [UInt8]) -> Timestamp? {
    if let time = readPlain(range, bytes) { return time }
    let text = String(decoding: bytes[range], as: UTF8.self)
    return (ISOTime.read(text) ?? ISOTime.readEpoch(text))?.time
  }

  /// Eight bytes at a time: `2026-11-`, `21T12:00`, `:00.123Z`.
  private mutating func readPlain(_ range: Range<Int>, _ bytes: [UInt8]) -> Timestamp? {
    guard range.count == 20 || range.count == 24 else { return nil }
    let start = range.lowerBound
    let words = (
      Self.word(start, bytes), Self.word(start + 8, bytes), Self.word(range.upperBound - 8, bytes)
    )
    let date = (words.0, words.1 & 0xff_ffff)
    if date != day {
      guard let days = Self.days(words.0, words.1) else { return nil }
      day = date
      daysSince1970 = days
    }
    let clock = words.1 >> 24
    guard let hour = Self.two(clock), let minute = Self.two(clock >> 24), hour < 24, minute < 60,
      UInt8(truncatingIfNeeded: clock >> 16) == UInt8(ascii: ":")
    else { return nil }
    let end = words.2
    guard UInt8(truncatingIfNeeded: end >> 56) == UInt8(ascii: "Z") else { return nil }
    var fraction: Int64 = 0
    // With milliseconds these end the last eight bytes; without, there are the minutes before them.
    var seconds = end >> 40
    var colon = end >> 32
    if range.count == 24 {
      let ones = UInt8(truncatingIfNeeded: end >> 48) &- 0x30
      guard UInt8(truncatingIfNeeded: end >> 24) == UInt8(ascii: "."),
        let tens = Self.two(end >> 32), ones <= 9
      else { return nil }
      fraction = tens * 10 + Int64(ones)
      (seconds, colon) = (end >> 8, end)
    }
    guard UInt8(truncatingIfNeeded: colon) == UInt8(ascii: ":"), let second = Self.two(seconds),
      second < 60
    else { return nil }
    return Timestamp(
      milliseconds: daysSince1970 * 86_400_000 + (hour * 3600 + minute * 60 + second) * 1000
        + fraction)
  }

  /// Eight bytes, the first of them lowest.
  private static func word(_ start: Int, _ bytes: [UInt8]) -> UInt64 {
    var word: UInt64 = 0
    for place in 0..<8 { word |= UInt64(bytes[start + place]) << UInt64(8 * place) }
    return word
  }

  /// The day of `2026-11-` and `21T`.
  private static func days(_ first: UInt64, _ second: UInt64) -> Int64? {
    guard UInt8(truncatingIfNeeded: first >> 32) == UInt8(ascii: "-"),
      UInt8(truncatingIfNeeded: first >> 56) == UInt8(ascii: "-"),
      UInt8(truncatingIfNeeded: second >> 16) == UInt8(ascii: "T"),
      let high = two(first), let low = two(first >> 16), let month = two(first >> 40),
      let day = two(second)
    else { return nil }
    return CalendarDate(year: Int(high * 100 + low), month: Int(month), day: Int(day))?
      .daysSince1970
  }

  /// The number the lowest two bytes spell.
  private static func two(_ word: UInt64) -> Int64? {
    let tens = UInt8(truncatingIfNeeded: word) &- 0x30
    let ones = UInt8(truncatingIfNeeded: word >> 8) &- 0x30
    guard tens <= 9, ones <= 9 else { return nil }
    return Int64(tens) * 10 + Int64(ones)
  }
}
