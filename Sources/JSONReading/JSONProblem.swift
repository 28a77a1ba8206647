/// Why a text is not JSON we accept, and where.
package struct JSONProblem: Error, Hashable, Sendable {
  package var reason: Reason
  package var place: JSONPlace

  package enum Reason: Hashable, Sendable {
    case empty
    case unexpectedEnd
    /// The byte found, and what may stand there.
    case unexpected(found: UInt8, wanted: Wanted)
    /// Something follows the value.
    case trailing
    case badNumber(String)
    /// A bare word that is not `true`, `false` or `null`.
    case badWord(String)
    case badEscape
    case loneSurrogate
    /// A control character inside a string, which must be escaped.
    case controlCharacter(UInt8)
    case unterminatedString
    case invalidUTF8
    case duplicateKey(String, first: JSONPlace)
    case tooDeep(limit: Int)
    case tooLarge(limit: Int)
    case tooManyValues(limit: Int)
    case noMemory
  }

  package enum Wanted: Hashable, Sendable {
    case value, key, colon, commaOrBracket, commaOrBrace
  }
}

/// A place in a JSON text, for people and for programs.
package struct JSONPlace: Hashable, Sendable {
  /// In bytes from the start.
  package var offset: Int
  /// From 1.
  package var line: Int
  /// From 1, in characters of Unicode (scalars).
  package var column: Int
  /// The way to the value, as `messages[2].content`; empty for the whole.
  package var path: String

  package init(offset: Int, line: Int, column: Int, path: String = "") {
    self.offset = offset
    self.line = line
    self.column = column
    self.path = path
  }

  /// Counts lines and columns up to an offset: linear in the offset.
  package init(offset: Int, in bytes: [UInt8], path: String = "") {
    var line = 1
    var column = 1
    var previous: UInt8 = 0
    for byte in bytes.prefix(max(offset, 0)) {
      if byte == UInt8(ascii: "\n") {
        if previous != UInt8(ascii: "\r") { line += 1 }
        column = 1
      } else if byte == UInt8(ascii: "\r") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      previous = byte
    }
    self.init(offset: offset, line: line, column: column, path: path)
  }
}
