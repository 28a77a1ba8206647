package import JSONReading

/// A JSON value by what it means: members in any order, numbers by value.
package indirect enum CanonicalJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(CanonicalNumber)
  case string(String)
  case array([CanonicalJSON])
  case object([String: CanonicalJSON])

  package init(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .number: self = .number(CanonicalNumber(value.raw))
    case .string: self = .string(value.string ?? "")
    case .array: self = .array(value.elements.map(CanonicalJSON.init))
    case .object:
      var members: [String: CanonicalJSON] = [:]
      for (key, member) in value.members { members[key.string ?? ""] = CanonicalJSON(member) }
      self = .object(members)
    }
  }
}

extension CanonicalJSON {
  /// Of a text that is one JSON object or array; nil of any other.
  init?(document text: String) {
    guard let json = try? JSONText(text) else { return nil }
    switch json.root.kind {
    case .object, .array: self.init(json.root)
    case .null, .true, .false, .number, .string: return nil
    }
  }
}

/// A JSON number exactly: digits without zeros at either end, and a power of ten.
package struct CanonicalNumber: Hashable, Comparable, Sendable {
  private(set) var isNegative = false
  /// The first digit is not zero, nor is the last; empty for zero.
  private(set) var digits: [UInt8] = []
  /// The value is 0.digits × 10^power.
  private(set) var power = 0

  /// Exponents stop here: beyond is as good as infinite, or zero.
  private static let farthest = 1_000_000

  init(_ raw: ArraySlice<UInt8>) {
    var exponent = 0
    var isExponent = false
    var isExponentNegative = false
    var isFraction = false
    for byte in raw {
      switch byte {
      case UInt8(ascii: "-"):
        if isExponent { isExponentNegative = true } else { isNegative = true }
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if isExponent {
          exponent = min(Self.farthest, exponent * 10 + Int(digit))
        } else {
          if !isFraction, !digits.isEmpty || digit != 0 { power += 1 }
          if isFraction, digits.isEmpty, digit == 0 { power -= 1 }
          if !digits.isEmpty || digit != 0 { digits.append(digit) }
        }
      default: continue
      }
    }
    while digits.last == 0 { digits.removeLast() }
    power += isExponentNegative ? -exponent : exponent
    if digits.isEmpty { (isNegative, power) = (false, 0) }
  }

  /// Whether it has no fraction, however it is spelled.
  var isWhole: Bool { digits.isEmpty || power >= digits.count }

  package static func < (a: CanonicalNumber, b: CanonicalNumber) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? magnitude(b, isBelow: a) : magnitude(a, isBelow: b)
  }

  private static func magnitude(_ a: CanonicalNumber, isBelow b: CanonicalNumber) -> Bool {
    if a.digits.isEmpty || b.digits.isEmpty { return a.digits.isEmpty && !b.digits.isEmpty }
    if a.power != b.power { return a.power < b.power }
    return a.digits.lexicographicallyPrecedes(b.digits)
  }
}
