extension JSONValue {
  /// The number as an integer, however it is spelled (`5`, `5.0`, `5e0`); nil if it has a fraction,
  /// does not fit or is no number.
  package var integer: Int64? {
    guard let exact = decimal, exact.isExact else { return nil }
    return exact.value
  }

  /// The number in millionths, rounded to the nearest, halves away from zero; nil if it does not fit
  /// or is no number.
  package var millionths: Int64? { decimal(shift: 6)?.value }

  /// The number × 10^places, and whether that is the number exactly or the nearest whole one.
  ///
  /// No floating point touches it: `1.5e-07` scaled by 12 is 150,000, exactly. Nil if it does not
  /// fit or is no number.
  package func scaled(by places: Int) -> (value: Int64, isExact: Bool)? { decimal(shift: places) }

  private var decimal: (value: Int64, isExact: Bool)? { decimal(shift: 0) }

  /// The number × 10^shift without floating point.
  private func decimal(shift: Int) -> (value: Int64, isExact: Bool)? {
    guard kind == .number else { return nil }
    var reader = DecimalReader()
    guard reader.read(raw) else { return nil }
    return reader.scaled(by: shift)
  }
}

/// Digits and exponent of a JSON number that is known to be well-formed.
private struct DecimalReader {
  private var isNegative = false
  /// The first 19 digits that count.
  private var digits: UInt64 = 0
  /// The value is digits × 10^exponent.
  private var exponent = 0
  /// Digits that did not fit were not all zero.
  private var lost = false
  /// The first digit that did not fit.
  private var firstLost: UInt8?

  /// False if the exponent is beyond all use.
  mutating func read(_ raw: ArraySlice<UInt8>) -> Bool {
    var isFraction = false
    var rest = raw
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): return readExponent(rest)
      default: take(byte - UInt8(ascii: "0"), isFraction: isFraction)
      }
    }
    return true
  }

  private mutating func take(_ digit: UInt8, isFraction: Bool) {
    if digits < 1_000_000_000_000_000_000 {
      digits = digits * 10 + UInt64(digit)
      if isFraction { exponent -= 1 }
    } else {
      if firstLost == nil { firstLost = digit }
      if digit != 0 { lost = true }
      if !isFraction { exponent += 1 }
    }
  }

  private mutating func readExponent(_ raw: ArraySlice<UInt8>) -> Bool {
    let isMinus = raw.first == UInt8(ascii: "-")
    var value = 0
    for byte in raw where byte >= UInt8(ascii: "0") {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      if value > 1_000_000_000 { return digits == 0 || isMinus ? settle(isMinus) : false }
    }
    exponent += isMinus ? -value : value
    return true
  }

  /// Zero stays zero, and a number this small is none.
  private mutating func settle(_ isMinus: Bool) -> Bool {
    lost = lost || digits != 0
    digits = 0
    exponent = 0
    return true
  }

  func scaled(by shift: Int) -> (value: Int64, isExact: Bool)? {
    var power = exponent + shift
    var value = digits
    var isExact = !lost
    var roundUp = power == 0 && (firstLost ?? 0) >= 5
    while power > 0, value > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, firstLost == nil else { return nil }
      value = product
      power -= 1
    }
    while power < 0, value > 0 || roundUp {
      let (quotient, rest) = value.quotientAndRemainder(dividingBy: 10)
      if rest != 0 { isExact = false }
      roundUp = rest >= 5
      value = quotient
      power += 1
    }
    if roundUp { value += 1 }
    let signed = isNegative ? -Int128(value) : Int128(value)
    guard let result = Int64(exactly: signed) else { return nil }
    return (result, isExact)
  }
}
