package import PolicySource

extension SourceFile {
  /// The byte a position means.
  ///
  /// A character beyond its line is the line's end, a line beyond the last the text's end, and one
  /// inside a character (half a surrogate pair, a byte in the middle) that character's start.
  /// O(length of the line).
  package func offset(of position: TextPosition, in encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineCount else { return bytes.count }
    let line = lineRange(position.line + 1)
    var units = 0
    var offset = line.lowerBound
    while offset < line.upperBound, units < position.character {
      let width = Self.width(of: bytes[offset])
      switch encoding {
      case .utf8: units += width
      case .utf16: units += width == 4 ? 2 : 1
      }
      if units > position.character { break }
      offset += width
    }
    return min(offset, line.upperBound)
  }

  /// The position of a byte; of one inside a character the position of its start.
  package func position(of offset: Int, in encoding: PositionEncoding) -> TextPosition {
    var offset = min(max(offset, 0), bytes.count)
    for _ in 0..<3 where offset > 0 && offset < bytes.count && bytes[offset] & 0xC0 == 0x80 {
      offset -= 1
    }
    let location = location(of: UInt32(offset))
    let column =
      switch encoding {
      case .utf8: location.utf8Column
      case .utf16: location.utf16Column
      }
    return TextPosition(line: location.line - 1, character: column - 1)
  }

  package func range(of span: Span, in encoding: PositionEncoding) -> TextRange {
    TextRange(
      start: position(of: Int(span.start), in: encoding),
      end: position(of: Int(span.end), in: encoding))
  }

  /// The bytes a range means; one whose end is before its start is turned round.
  package func bytes(of range: TextRange, in encoding: PositionEncoding) -> Range<Int> {
    let one = offset(of: range.start, in: encoding)
    let other = offset(of: range.end, in: encoding)
    return min(one, other)..<max(one, other)
  }

  /// Bytes of the character that starts with a byte.
  private static func width(of lead: UInt8) -> Int {
    switch lead {
    case ..<0xC0: 1
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  }
}
