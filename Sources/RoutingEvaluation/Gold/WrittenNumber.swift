/// A number as a text has it, exactly: the billionths below and above it, the same where it is whole
/// billionths.
struct WrittenNumber: Hashable, Sendable {
  let floor: Int128
  let ceiling: Int128

  /// Digits after the point that a billionth has.
  static let places = 9

  /// Digits of the billionths that are told apart; what is larger is larger than all that is stated.
  private static let most = 30

  /// The last number of a text.
  ///
  /// Nil if there is none, if it is written so that it can be read in two ways, as `0,5` and `1.2.3`
  /// are, or if it is beyond 10²¹. O(bytes).
  static func last(in text: [UInt8]) -> WrittenNumber? {
    var found: WrittenNumber?
    var index = 0
    while index < text.count {
      guard starts(at: index, in: text) else {
        index += 1
        continue
      }
      let end = end(of: index, in: text)
      // A hyphen joins what stands before it: `12-3` ends with 3.
      let isNegative =
        index > 0 && text[index - 1] == UInt8(ascii: "-")
        && !(index > 1 && (text[index - 2].isDigit || text[index - 2].isLetter))
      found = WrittenNumber(text[index..<end], isNegative: isNegative)
      index = end
    }
    return found
  }

  /// At a digit, or at a point before one that ends neither a word nor an ellipsis.
  private static func starts(at index: Int, in text: [UInt8]) -> Bool {
    if text[index].isDigit { return true }
    guard text[index] == UInt8(ascii: "."), index + 1 < text.count, text[index + 1].isDigit else {
      return false
    }
    guard index > 0 else { return true }
    let before = text[index - 1]
    return !(before.isDigit || before.isLetter || before == UInt8(ascii: "."))
  }

  /// Past all that is written together: digits, points and commas before digits, an exponent.
  private static func end(of start: Int, in text: [UInt8]) -> Int {
    func isDigit(_ place: Int) -> Bool { place < text.count && text[place].isDigit }
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index += 1
      case UInt8(ascii: "."), UInt8(ascii: ","):
        guard isDigit(index + 1) else { return index }
        index += 2
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        let isSigned = index + 1 < text.count && "+-".utf8.contains(text[index + 1])
        guard isDigit(index + (isSigned ? 2 : 1)) else { return index }
        index += isSigned ? 3 : 2
      default: return index
      }
    }
    return index
  }

  /// Of what is written together; nil if it is no number.
  private init?(_ written: ArraySlice<UInt8>, isNegative: Bool) {
    let isExponent = { (byte: UInt8) in byte | 0x20 == UInt8(ascii: "e") }
    let parts = written.split(whereSeparator: isExponent)
    guard let mantissa = parts.first, parts.count <= 2 else { return nil }
    guard let exponent = parts.count == 2 ? Self.exponent(parts[1]) : 0 else { return nil }
    let halves = mantissa.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard halves.count <= 2, let whole = Self.whole(halves[0]) else { return nil }
    let fraction = halves.count == 2 ? halves[1] : []
    guard fraction.allSatisfy(\.isDigit) else { return nil }

    let digits = (whole + fraction).drop { $0 == UInt8(ascii: "0") }
    let kept = digits.count - fraction.count + exponent + Self.places
    guard digits.isEmpty || kept <= Self.most else { return nil }
    var value: Int128 = 0
    let head = digits.prefix(max(0, kept))
    for digit in head { value = value * 10 + Int128(digit - UInt8(ascii: "0")) }
    if !digits.isEmpty, kept > head.count {
      for _ in head.count..<kept { value *= 10 }
    }
    let isExact = digits.dropFirst(head.count).allSatisfy { $0 == UInt8(ascii: "0") }
    let above = isExact ? value : value + 1
    (floor, ceiling) = isNegative ? (-above, -value) : (value, above)
  }

  /// Digits, or groups of three of them after commas: a comma anywhere else may be a decimal one.
  private static func whole(_ written: ArraySlice<UInt8>) -> [UInt8]? {
    let groups = written.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard (1...3).contains(groups[0].count), groups[0].first != UInt8(ascii: "0"),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
    }
    return Array(groups.joined())
  }

  /// Nil for `3.5`; beyond a milliard it makes no difference.
  private static func exponent(_ written: ArraySlice<UInt8>) -> Int? {
    let isMinus = written.first == UInt8(ascii: "-")
    let digits = isMinus || written.first == UInt8(ascii: "+") ? written.dropFirst() : written
    guard digits.allSatisfy(\.isDigit) else { return nil }
    let value = digits.reduce(0) { min(1_000_000_000, $0 * 10 + Int($1 - UInt8(ascii: "0"))) }
    return isMinus ? -value : value
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
