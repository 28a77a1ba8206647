package import PolicyUnits

/// Numbers as other programs write them (`0.000145`, `1.45e-04`, `12.0`) made into integers exactly.
package enum NumberText {
  /// Why a text is no amount of money.
  package enum Refusal: Error, Hashable, Sendable {
    case notANumber
    case negative
    case tooLarge
    /// It has a fraction of a nano-unit; `roundedUp` is the next whole one.
    case fraction(roundedUp: Money)
  }

  /// An amount in whole units as money, exactly.
  ///
  /// A program that keeps money as binary floating point writes `0.00028500000000000004` for
  /// `0.000285`. Such a number is sure to fifteen digits, so a text with more digits that is no whole
  /// number of nano-units is read to fifteen; a shorter one stands as it is written.
  package static func money(_ text: some StringProtocol) throws(Refusal) -> Money {
    guard let number = Digits(text) else { throw .notANumber }
    guard !number.isNegative || number.isZero else { throw .negative }
    if let nanos = try number.scaled(by: 9) { return Money(nanos: nanos) }
    if number.count > 15, let nanos = try number.rounded(to: 15).scaled(by: 9) {
      return Money(nanos: nanos)
    }
    throw .fraction(roundedUp: Money(nanos: try number.scaledUp(by: 9)))
  }

  /// A count, also as `12.0` or `1.2e1`; nil for a fraction, a negative number and what does not fit.
  package static func count(_ text: some StringProtocol) -> Int64? {
    guard let number = Digits(text), !number.isNegative || number.isZero else { return nil }
    return (try? number.scaled(by: 0)) ?? nil
  }
}

/// A decimal number: its digits × 10^exponent.
private struct Digits {
  var isNegative = false
  /// Without zeros at either end; empty for zero.
  private var digits: [UInt8] = []
  private var exponent = 0

  var isZero: Bool { digits.isEmpty }
  var count: Int { digits.count }

  /// Nil for anything but `[-] digits [. digits] [e [+-] digits]`, and for texts over 400 bytes.
  init?(_ text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    guard !rest.isEmpty, rest.count <= 400 else { return nil }
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest.removeFirst()
    }
    var seen = 0
    var isFraction = false
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      rest.removeFirst()
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
        continue
      }
      guard byte.isDigit else { return nil }
      seen += 1
      digits.append(byte - 0x30)
      if isFraction { exponent -= 1 }
    }
    guard seen > 0 else { return nil }
    if !rest.isEmpty {
      rest.removeFirst()
      guard let written = Self.exponent(rest) else { return nil }
      exponent += written
    }
    trim()
  }

  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard (1...4).contains(rest.count), rest.allSatisfy(\.isDigit) else { return nil }
    let value = rest.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return isNegative ? -value : value
  }

  private mutating func trim() {
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    digits = Array(digits.drop { $0 == 0 })
    if digits.isEmpty { exponent = 0 }
  }

  /// The value × 10^places; nil if that is not whole.
  func scaled(by places: Int) throws(NumberText.Refusal) -> Int64? {
    guard exponent + places >= 0 || isZero else { return nil }
    return try integer(digits, zeros: exponent + places)
  }

  /// The value × 10^places, rounded up.
  func scaledUp(by places: Int) throws(NumberText.Refusal) -> Int64 {
    let dropped = max(0, -(exponent + places))
    let kept = Array(digits.dropLast(dropped))
    let whole = try integer(kept, zeros: max(0, exponent + places))
    guard whole < .max else { throw .tooLarge }
    return whole + 1
  }

  /// To so many digits that count, halves away from zero.
  func rounded(to limit: Int) -> Digits {
    guard digits.count > limit else { return self }
    var result = self
    result.exponent += digits.count - limit
    result.digits = Array(digits.prefix(limit))
    if digits[limit] >= 5 {
      var place = limit - 1
      while place >= 0, result.digits[place] == 9 {
        result.digits[place] = 0
        place -= 1
      }
      if place >= 0 { result.digits[place] += 1 } else { result.digits.insert(1, at: 0) }
    }
    result.trim()
    return result
  }

  private func integer(
    _ digits: [UInt8], zeros: Int
  ) throws(NumberText.Refusal) -> Int64 {
    guard !digits.isEmpty else { return 0 }
    guard digits.count + zeros <= 19 else { throw .tooLarge }
    var value: Int128 = 0
    for digit in digits { value = value * 10 + Int128(digit) }
    for _ in 0..<zeros { value *= 10 }
    guard let result = Int64(exactly: value) else { throw .tooLarge }
    return result
  }
}
