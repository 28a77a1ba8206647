/// A non-negative decimal as it was written: `0.50` is 50 × 10^-2.
///
/// No floating point touches it.
package struct Decimal: Hashable, Sendable {
  package let digits: Int64
  /// How many of the digits stand after the point: 0…18.
  package let scale: Int

  package init(digits: Int64, scale: Int = 0) {
    self.digits = digits
    self.scale = scale
  }

  /// Reads `digits [ "." digits ] [ "k" | "M" ]`; nil if malformed or outside 18 digits.
  package init?(_ text: some StringProtocol) {
    var digits: Int64 = 0
    var scale = 0
    var seenPoint = false
    var count = 0
    var exponent = 0
    var bytes = Array(text.utf8)
    if bytes.last == UInt8(ascii: "k") {
      exponent = 3
      bytes.removeLast()
    } else if bytes.last == UInt8(ascii: "M") {
      exponent = 6
      bytes.removeLast()
    }
    guard let first = bytes.first, let last = bytes.last else { return nil }
    guard first != UInt8(ascii: "."), last != UInt8(ascii: ".") else { return nil }
    for byte in bytes {
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      if count > 0 || byte != UInt8(ascii: "0") { count += 1 }
      guard count <= 18 else { return nil }
      digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
      if seenPoint { scale += 1 }
      guard scale <= 18 else { return nil }
    }
    while exponent > 0, scale > 0 {
      scale -= 1
      exponent -= 1
    }
    while exponent > 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      digits = product
      exponent -= 1
    }
    self.init(digits: digits, scale: scale)
  }

  /// The value × 10^places as an integer, or nil if that is not whole or does not fit.
  package func scaled(by places: Int) -> Int64? {
    var value = digits
    var shift = places - scale
    while shift > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
      shift -= 1
    }
    while shift < 0 {
      guard value % 10 == 0 else { return nil }
      value /= 10
      shift += 1
    }
    return value
  }

  /// The value as a whole number, or nil if it has a fraction.
  package var whole: Int64? { scaled(by: 0) }
}
