import LedgerExchange
import PolicyUnits

/// Amounts of a log's lines, exactly.
enum LogMoney {
  /// An amount in whole units, as a number or as the text of one; finer than a nano-unit it is
  /// rounded up, as a bill is.
  ///
  /// Nil for what is none.
  static func read(_ range: Range<Int>, in bytes: [UInt8]) -> Money? {
    if let plain = plain(range, bytes) { return plain }
    do throws(NumberText.Refusal) {
      return try NumberText.money(String(decoding: bytes[range], as: UTF8.self))
    } catch {
      guard case .fraction(let roundedUp) = error else { return nil }
      return roundedUp
    }
  }

  private static let powers: [Int64] = (0...9).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// The spelling of most lines, `0.0123`, read where it stands.
  private static func plain(_ range: Range<Int>, _ bytes: [UInt8]) -> Money? {
    guard (1...17).contains(range.count),
      range.count > 1 || bytes[range.lowerBound] != UInt8(ascii: ".")
    else { return nil }
    var nanos: Int64 = 0
    var decimals = -1
    for index in range {
      if bytes[index] == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      let digit = bytes[index] &- 0x30
      guard digit <= 9, decimals < 9 else { return nil }
      nanos = nanos * 10 + Int64(digit)
      if decimals >= 0 { decimals += 1 }
    }
    let (whole, overflow) = nanos.multipliedReportingOverflow(by: powers[9 - max(0, decimals)])
    return overflow ? nil : Money(nanos: whole)
  }
}
