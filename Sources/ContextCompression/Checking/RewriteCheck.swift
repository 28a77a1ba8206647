/// Whether a span that was written otherwise still says the same.
enum RewriteCheck {
  static func isFaithful(_ method: LosslessMethod, _ source: [UInt8], _ output: [UInt8]) -> Bool {
    switch method {
    case .whiteSpace: hasSameWords(source, output) && quoted(source) == quoted(output)
    case .compactJSON: tokens(source) == tokens(output)
    case .htmlToText: PageText.says(source, output)
    }
  }

  // MARK: - White space

  /// The same words on the same lines, and each line indented as it was.
  private static func hasSameWords(_ source: [UInt8], _ output: [UInt8]) -> Bool {
    words(source) == words(output)
  }

  /// Of each line with marks of quotes, what stands from the first to the last, byte for byte.
  private static func quoted(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: 0x0A).compactMap { line in
      guard let first = line.indices.first(where: { isQuote(line, $0) }),
        let last = line.indices.last(where: { isQuote(line, $0) })
      else { return nil }
      return line[first...last]
    }
  }

  /// `"` and `` ` ``, and by their last byte “ ” „ ‟ ‹ › « ».
  private static func isQuote(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
    switch line[place] {
    case 0x22, 0x60: return true
    case 0xAB, 0xBB: return place > line.startIndex && line[place - 1] == 0xC2
    case 0x9C, 0x9D, 0x9E, 0x9F, 0xB9, 0xBA:
      return place > line.startIndex + 1 && line[place - 2] == 0xE2 && line[place - 1] == 0x80
    default: return false
    }
  }

  private struct Word: Equatable {
    let bytes: ArraySlice<UInt8>
    /// Whether the word begins a line, a line behind an empty one, and how far that is indented.
    let line: Int
    let indent: ArraySlice<UInt8>
  }

  private static func words(_ text: [UInt8]) -> [Word] {
    var found: [Word] = []
    var place = 0
    while place < text.count {
      var newlines = 0
      var indent = place
      var other = 0
      while place < text.count, text[place] == 0x20 || text[place] >= 0x09 && text[place] <= 0x0D {
        if text[place] == 0x0A {
          newlines += 1
          indent = place + 1
        } else if text[place] != 0x20, text[place] != 0x09 {
          other += 1
        }
        place += 1
      }
      let start = place
      while place < text.count, !(text[place] == 0x20 || text[place] >= 0x09 && text[place] <= 0x0D)
      { place += 1 }
      guard place > start else { break }
      // The beginning of a text may lose its empty lines.
      let isFirst = found.isEmpty
      found.append(
        Word(
          bytes: text[start..<place],
          line: isFirst ? 0 : newlines == 0 ? (other > 0 ? 3 : 0) : min(2, newlines),
          indent: newlines > 0 && !isFirst ? text[indent..<start] : []))
    }
    return found
  }

  // MARK: - JSON

  /// The bytes outside of white space, strings with theirs; two numbers never become one.
  private static func tokens(_ text: [UInt8]) -> [UInt8] {
    var found: [UInt8] = []
    var inString = false
    var escaped = false
    var gap = false
    for byte in text {
      if inString {
        found.append(byte)
        if escaped {
          escaped = false
        } else if byte == 0x5C {
          escaped = true
        } else if byte == 0x22 {
          inString = false
        }
        continue
      }
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        gap = true
        continue
      }
      if gap, let last = found.last, isWord(last), isWord(byte) { found.append(0x20) }
      gap = false
      found.append(byte)
      inString = byte == 0x22
    }
    return found
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }
}
