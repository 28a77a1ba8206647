/// How long a provider asks to wait, in milliseconds.
///
/// A date is held against the answer's own, by one clock: neither ours nor its being wrong matters.
package enum RetryAfter {
  /// Of the `retry-after-ms`, `retry-after` and `date` headers; nil if they say nothing.
  package static func milliseconds(
    retryAfter: String?, retryAfterMs: String? = nil, date: String? = nil
  ) -> Int64? {
    if let text = retryAfterMs, let value = thousandths(text) { return value / 1000 }
    guard let retryAfter else { return nil }
    if let value = thousandths(retryAfter) { return value }
    guard let then = HTTPDate(retryAfter), let sent = date.flatMap(HTTPDate.init) else {
      return nil
    }
    return clamped(max(0, then.seconds - sent.seconds) * 1000)
  }

  /// Of words such as `Please try again in 1m6.5s.` in an error's message.
  package static func milliseconds(in message: String) -> Int64? {
    guard let start = message.firstRange(of: "try again in ") else { return nil }
    var rest = message[start.upperBound...]
    var total: Int64 = 0
    var found = false
    while let first = rest.first, first.isASCII, first.isNumber {
      let number = rest.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let factors = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
      guard let value = thousandths(number), let factor = factors[String(unit)] else { break }
      total = clamped(total + clamped(value * Int64(factor) / 1000))
      found = true
    }
    return found ? total : nil
  }

  /// A plain decimal × 1000, at most a day of seconds.
  private static func thousandths(_ text: some StringProtocol) -> Int64? {
    var value: Int64 = 0
    var places = -1
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "): continue
      case UInt8(ascii: ".") where places < 0: places = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if places >= 3 { continue }
        value = min(value * 10 + Int64(byte - UInt8(ascii: "0")), 1_000_000_000_000)
        if places >= 0 { places += 1 }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    for _ in max(places, 0)..<3 { value = min(value * 10, 1_000_000_000_000) }
    return clamped(value)
  }

  private static func clamped(_ value: Int64) -> Int64 { min(value, 86_400_000) }
}
