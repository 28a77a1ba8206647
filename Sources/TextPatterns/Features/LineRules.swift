/// Reads a text line by line for the features that show in lines.
enum LineRules {
  static func look(
    at text: TextBytes, for wanted: TextFeatures,
    report: (TextFeatures, Range<Int>) -> Void
  ) {
    var code = CodeRule()
    var table = TableRule()
    var missing = wanted
    var start = 0
    while start < text.count, !missing.isEmpty {
      let end = text.lineEnd(from: start)
      let line = TextLine(text, start..<end)
      if missing.contains(.code), let range = code.read(line) {
        missing.subtract(.code)
        report(.code, range)
      }
      if missing.contains(.table), let range = table.read(line) {
        missing.subtract(.table)
        report(.table, range)
      }
      start = end &+ 1
    }
  }
}

/// A line of a text without the white space around it.
struct TextLine {
  let text: TextBytes
  let range: Range<Int>
  /// White space before the first character.
  let indent: Int

  init(_ text: TextBytes, _ whole: Range<Int>) {
    var start = whole.lowerBound
    var end = whole.upperBound
    while end > start, ASCII.isSpace(text[end - 1]) { end -= 1 }
    while start < end, ASCII.isSpace(text[start]) { start += 1 }
    self.text = text
    range = start..<end
    indent = start - whole.lowerBound
  }

  var isEmpty: Bool { range.isEmpty }
  var last: UInt8 { range.isEmpty ? 0 : text[range.upperBound - 1] }
  var first: UInt8 { range.isEmpty ? 0 : text[range.lowerBound] }

  func starts(with wanted: StaticString, anyCase: Bool = false) -> Bool {
    wanted.utf8CodeUnitCount <= range.count
      && (text.stands(wanted, at: range.lowerBound, anyCase: anyCase))
  }

  func contains(_ wanted: StaticString, anyCase: Bool = false) -> Bool {
    guard wanted.utf8CodeUnitCount <= range.count else { return false }
    return (range.lowerBound...range.upperBound - wanted.utf8CodeUnitCount).contains {
      text.stands(wanted, at: $0, anyCase: anyCase)
    }
  }

  func count(of byte: UInt8) -> Int {
    range.reduce(0) { text[$1] == byte ? $0 + 1 : $0 }
  }
}
