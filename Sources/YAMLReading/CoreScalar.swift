/// What a plain scalar is under YAML 1.2's core schema.
package enum CoreScalar: Hashable, Sendable {
  case null
  case bool(Bool)
  /// As a JSON number: no plus sign, no leading zeros, digits around the point.
  case number(String)
  case text
  /// A number JSON has no way to write.
  case notJSON

  package init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    default: self = Self.typed(text)
    }
  }

  private static func typed(_ text: String) -> CoreScalar {
    if text.hasPrefix("0x") { return radix(text.dropFirst(2), 16) }
    if text.hasPrefix("0o") { return radix(text.dropFirst(2), 8) }
    var rest = text[...]
    var sign = ""
    if let first = rest.first, first == "-" || first == "+" {
      if first == "-" { sign = "-" }
      rest = rest.dropFirst()
    }
    if [".inf", ".Inf", ".INF"].contains(rest) { return .notJSON }
    if [".nan", ".NaN", ".NAN"].contains(text) { return .notJSON }
    return decimal(rest).map { .number(sign + $0) } ?? .text
  }

  private static func radix(_ digits: Substring, _ radix: Int) -> CoreScalar {
    let digitSet = radix == 8 ? "01234567" : "0123456789abcdefABCDEF"
    guard !digits.isEmpty, digits.allSatisfy(digitSet.contains) else { return .text }
    return UInt64(digits, radix: radix).map { .number(String($0)) } ?? .notJSON
  }

  /// `digits [ . digits ] [ e [sign] digits ]` or `. digits …`, normalised for JSON.
  private static func decimal(_ text: Substring) -> String? {
    var rest = text[...]
    let whole = takeDigits(&rest)
    var fraction: Substring?
    if rest.first == "." {
      rest = rest.dropFirst()
      fraction = takeDigits(&rest)
    }
    guard !whole.isEmpty || fraction?.isEmpty == false else { return nil }
    var exponent = ""
    if let mark = rest.first, mark == "e" || mark == "E" {
      rest = rest.dropFirst()
      exponent = "e"
      if let sign = rest.first, sign == "-" || sign == "+" {
        exponent.append(sign)
        rest = rest.dropFirst()
      }
      let digits = takeDigits(&rest)
      guard !digits.isEmpty else { return nil }
      exponent += digits
    }
    guard rest.isEmpty else { return nil }
    let significant = whole.drop { $0 == "0" }
    var number = significant.isEmpty ? "0" : String(significant)
    if let fraction { number += "." + (fraction.isEmpty ? "0" : fraction) }
    return number + exponent
  }

  private static func takeDigits(_ rest: inout Substring) -> Substring {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest[digits.endIndex...]
    return digits
  }
}
