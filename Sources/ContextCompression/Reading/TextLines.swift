/// A line of a text.
struct TextLine {
  /// The first byte, and the first that is not blank.
  let start: Int
  let content: Int
  /// The end of what can be seen, and of the line with its newline.
  let end: Int
  let next: Int

  var isEmpty: Bool { content >= end }
  /// Blanks before the content; a tab counts as four.
  let indent: Int

  /// All lines; linear in the bytes.
  static func all(of bytes: [UInt8]) -> [TextLine] {
    var lines: [TextLine] = []
    lines.reserveCapacity(bytes.count / 40 + 1)
    var start = 0
    while start < bytes.count {
      var newline = start
      while newline < bytes.count, bytes[newline] != 0x0A { newline += 1 }
      var end = newline
      while end > start, bytes[end - 1].isWhite { end -= 1 }
      var content = start
      var indent = 0
      while content < end, bytes[content].isBlank {
        indent += bytes[content] == 0x09 ? 4 : 1
        content += 1
      }
      let next = min(bytes.count, newline + 1)
      lines.append(
        TextLine(start: start, content: content, end: end, next: next, indent: indent))
      start = next
    }
    return lines
  }
}
