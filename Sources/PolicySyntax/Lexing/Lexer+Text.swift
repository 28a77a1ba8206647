/// Strings and regular expressions: both end on the line they start on.
extension Lexer {
  mutating func lexString() {
    let start = position
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case .quote:
        position += 1
        return add(.string, .string, from: start)
      case .newline, .carriageReturn:
        return endUnterminatedString(from: start)
      case .backslash:
        checkEscape()
      case let byte where byte < 0x20 && byte != .tab || byte == 0x7F:
        report(.controlCharacter(byte), position..<position + 1)
        position += 1
      default:
        position += 1
      }
    }
    endUnterminatedString(from: start)
  }

  private mutating func endUnterminatedString(from start: Int) {
    while position > start + 1, bytes[position - 1].isBlank { position -= 1 }
    report(.unterminatedString, start..<position)
    add(.string, .broken, from: start)
  }

  /// Stands on a backslash; passes over the escape and reports one that does not exist.
  private mutating func checkEscape() {
    let start = position
    position += 1
    switch byte(at: position) {
    case .quote, .backslash, UInt8(ascii: "n"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u") where StringEscapes.scalar(bytes, at: position) != nil:
      while bytes[position] != UInt8(ascii: "}") { position += 1 }
      position += 1
    case .newline, .carriageReturn, 0:
      break
    default:
      let length = max(1, scalarLength(at: position))
      position += length
      report(.unknownEscape(text(start..<position)), start..<position)
    }
  }

  mutating func lexRegex() {
    let start = position
    position += 1
    guard start >= endlessRegex else { return add(.unknown, .junk, from: start) }
    while position < bytes.count, !bytes[position].isNewline {
      let byte = bytes[position]
      position += 1
      if byte == .backslash, position < bytes.count, !bytes[position].isNewline {
        position += 1
      } else if byte == .slash {
        return endRegex(from: start)
      }
    }
    // Only the slash: what follows may well be sound, as in `a / b`.
    endlessRegex = position
    position = start + 1
    report(.unterminatedRegex, start..<position)
    add(.unknown, .junk, from: start)
  }

  private mutating func endRegex(from start: Int) {
    let end = position
    guard byte(at: position).isWordByte else { return add(.regex, .regex, from: start) }
    skipWordBytes()
    report(
      .regexFlags(text(end..<position), pattern: text(start + 1..<end - 1)), start..<position)
    add(.regex, .broken, from: start)
  }
}

/// The escapes of a string: `\"`, `\\`, `\n`, `\t` and `\u{…}`.
enum StringEscapes {
  /// The scalar of `u{…}` at an index, or nil if it is malformed.
  static func scalar(_ bytes: [UInt8], at start: Int) -> Unicode.Scalar? {
    var index = start + 1
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return nil }
    index += 1
    let digits = index
    while index < bytes.count, bytes[index].isHexDigit, index - digits < 6 { index += 1 }
    guard index > digits, index < bytes.count, bytes[index] == UInt8(ascii: "}") else { return nil }
    let value = UInt32(String(decoding: bytes[digits..<index], as: UTF8.self), radix: 16)
    return value.flatMap(Unicode.Scalar.init)
  }

  /// What a literal means, given the bytes between its quotes.
  static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    guard bytes[range].contains(.backslash) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == .backslash, index < range.upperBound else {
        decoded.append(byte)
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "n"): decoded.append(.newline)
      case UInt8(ascii: "t"): decoded.append(.tab)
      case UInt8(ascii: "u"):
        if let scalar = scalar(bytes, at: index) {
          decoded.append(contentsOf: Array(String(Character(scalar)).utf8))
          while index < range.upperBound, bytes[index] != UInt8(ascii: "}") { index += 1 }
        }
      default: decoded.append(bytes[index])
      }
      index += 1
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// The pattern between two slashes with `\/` turned into `/`.
  static func pattern(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    var pattern: [UInt8] = []
    pattern.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == .backslash, index + 1 < range.upperBound {
        if bytes[index + 1] != .slash { pattern.append(.backslash) }
        pattern.append(bytes[index + 1])
        index += 2
      } else {
        pattern.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: pattern, as: UTF8.self)
  }
}
