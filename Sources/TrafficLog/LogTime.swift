import LedgerExchange
import PolicyUnits
import RoutingBudgets

/// Instants of a log's lines: the one spelling most programs write, read where it stands.
struct LogTime {
  /// The last day that was read: a log's lines mostly share it.
  private var day: (year: Int, month: Int, day: Int) = (0, 0, 0)
  private var daysSince1970: Int64 = 0

  /// Reads `2026-11-21T12:00:00Z`, with milliseconds or without, and every other spelling through
  /// ``ISOTime``; nil for what is no time.
  mutating func read(_ range: Range<Int>, in bytes: [UInt8]) -> Timestamp? {
    if let time = readPlain(range, bytes) { return time }
    let text = String(decoding: bytes[range], as: UTF8.self)
    return (ISOTime.read(text) ?? ISOTime.readEpoch(text))?.time
  }

  private mutating func readPlain(_ range: Range<Int>, _ bytes: [UInt8]) -> Timestamp? {
    let start = range.lowerBound
    guard range.count == 20 || range.count == 24, bytes[range.upperBound - 1] == UInt8(ascii: "Z"),
      bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      bytes[start + 10] == UInt8(ascii: "T"), bytes[start + 13] == UInt8(ascii: ":"),
      bytes[start + 16] == UInt8(ascii: ":"),
      let high = two(start, bytes), let low = two(start + 2, bytes),
      let month = two(start + 5, bytes), let date = two(start + 8, bytes),
      let hour = two(start + 11, bytes), let minute = two(start + 14, bytes),
      let second = two(start + 17, bytes), hour < 24, minute < 60, second < 60
    else { return nil }
    var fraction = 0
    if range.count == 24 {
      guard bytes[start + 19] == UInt8(ascii: "."), let tens = two(start + 20, bytes),
        bytes[start + 22] >= 0x30, bytes[start + 22] <= 0x39
      else { return nil }
      fraction = tens * 10 + Int(bytes[start + 22] - 0x30)
    }
    let year = high * 100 + low
    if (year, month, date) != day {
      guard let calendar = CalendarDate(year: year, month: month, day: date) else { return nil }
      day = (year, month, date)
      daysSince1970 = calendar.daysSince1970
    }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    return Timestamp(
      milliseconds: daysSince1970 * 86_400_000 + seconds * 1000 + Int64(fraction))
  }

  private func two(_ place: Int, _ bytes: [UInt8]) -> Int? {
    let tens = bytes[place] &- 0x30
    let ones = bytes[place + 1] &- 0x30
    guard tens <= 9, ones <= 9 else { return nil }
    return Int(tens) * 10 + Int(ones)
  }
}
