import PolicyDiagnostics

/// What stands between tokens: spaces, newlines and comments.
extension Lexer {
  mutating func skipTrivia() {
    if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < bytes.count {
      switch bytes[position] {
      case .space, .newline, .tab, .carriageReturn:
        position += 1
      case .hash:
        skipLine()
      case .slash where byte(at: position + 1) == .slash:
        guard rateSlashes == 0 else { return }
        let start = position
        skipLine()
        let isAddress = start > 0 && bytes[start - 1] == UInt8(ascii: ":")
        report(.foreign("//", isAddress ? .address : .comment("#")), start..<start + 2)
      case .dash where byte(at: position + 1) == .dash:
        let start = position
        skipLine()
        report(.foreign("--", .comment("#")), start..<start + 2)
      case .slash where byte(at: position + 1) == UInt8(ascii: "*"):
        skipBlockComment("/*", "*/")
      case UInt8(ascii: "<") where bytes[position...].starts(with: "<!--".utf8):
        skipBlockComment("<!--", "-->")
      case let byte where byte >= 0x80:
        guard skipForeignSpace() else { return }
      default:
        return
      }
    }
  }

  private mutating func skipLine() {
    while position < bytes.count, !bytes[position].isNewline { position += 1 }
  }

  /// `/* … */` and `<!-- … -->`: no policy has such comments, and no pattern starts with `*`.
  ///
  /// One that never ends is passed over to the end of its line.
  private mutating func skipBlockComment(_ opening: String, _ closing: String) {
    let start = position
    let first = start + opening.utf8.count
    guard !endlessComments.contains(opening), let end = endOfComment(from: first, closing) else {
      endlessComments.insert(opening)
      skipLine()
      return report(.foreign(opening, .comment(nil)), start..<first)
    }
    position = end
    var next = end
    while byte(at: next).isBlank { next += 1 }
    let isLast = next >= bytes.count || bytes[next].isNewline
    let words = first..<end - closing.utf8.count
    let cure = isLast ? Edit(span(start..<end), lineComments(words)) : nil
    report(.foreign(opening, .blockComment(cure)), start..<first)
  }

  private func endOfComment(from first: Int, _ closing: String) -> Int? {
    let mark = Array(closing.utf8)
    var index = first
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index + mark.count }
      index += 1
    }
    return nil
  }

  /// The lines of a comment, each behind a mark of its own.
  private func lineComments(_ range: Range<Int>) -> String {
    var lines = bytes[range].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { line in
        let content = line.drop { $0.isBlank || $0 == UInt8(ascii: "*") }
        let words = String(decoding: content, as: UTF8.self).split(separator: " ")
        return words.isEmpty ? "#" : "# " + words.joined(separator: " ")
      }
    while lines.count > 1, lines.last == "#" { lines.removeLast() }
    if lines.count > 1, lines[0] == "#" { lines.removeFirst() }
    return lines.joined(separator: "\n")
  }

  /// A space from outside ASCII, such as the one word processors put between words.
  private mutating func skipForeignSpace() -> Bool {
    let length = scalarLength(at: position)
    guard length > 0, let scalar = scalar(at: position) else { return false }
    let isSpace =
      scalar.properties.isWhitespace || (0x200B...0x200D).contains(scalar.value)
      || scalar.value == 0xFEFF
    guard isSpace else { return false }
    report(.foreign(hexadecimal(scalar), .space), position..<position + length)
    position += length
    return true
  }

  // MARK: - UTF-8

  /// One report for each run of bytes that is no UTF-8, wherever it stands.
  mutating func reportInvalidUTF8() {
    var index = 0
    while index < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      let length = scalarLength(at: index)
      guard length == 0 else {
        index += length
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] >= 0x80, scalarLength(at: index) == 0 { index += 1 }
      report(.invalidUTF8, start..<index)
    }
  }

  /// How many bytes the scalar at an index has; zero if they are no UTF-8.
  func scalarLength(at index: Int) -> Int {
    let first = byte(at: index)
    let length: Int
    switch first {
    case 0x00..<0x80: return 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return 0
    }
    for offset in 1..<length where byte(at: index + offset) & 0xC0 != 0x80 { return 0 }
    let second = byte(at: index + 1)
    switch first {
    case 0xE0: return second >= 0xA0 ? 3 : 0
    case 0xED: return second < 0xA0 ? 3 : 0
    case 0xF0: return second >= 0x90 ? 4 : 0
    case 0xF4: return second < 0x90 ? 4 : 0
    default: return length
    }
  }

  func scalar(at index: Int) -> Unicode.Scalar? {
    let length = scalarLength(at: index)
    guard length > 0, index + length <= bytes.count else { return nil }
    return String(decoding: bytes[index..<index + length], as: UTF8.self).unicodeScalars.first
  }

  /// The length of a letter outside ASCII, or zero.
  func letterLength(at index: Int) -> Int {
    guard byte(at: index) >= 0x80, let scalar = scalar(at: index) else { return 0 }
    let isPart = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    return isPart ? scalarLength(at: index) : 0
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
