/// Prose without the white space that says nothing.
///
/// White space says something wherever a text is not plainly prose: it lines up columns, draws trees,
/// indents data, sets verses. So it is only taken out of lines that read as sentences
/// (``ProseLine``), and of none that a quote reaches into.
enum WhiteSpace {
  /// Runs of spaces between the words of a sentence as one space, none at its end, at most one empty
  /// line between two of them, none at the ends of the text; everything else stays.
  ///
  /// Linear.
  static func written(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    var quotes = OpenQuotes()
    /// Where what is not yet written begins: the white space between two lines.
    var written = range.lowerBound
    /// Whether the line before is prose.
    var isBehindProse = false
    var place = range.lowerBound
    while place < range.upperBound {
      var end = place
      while end < range.upperBound, bytes[end] != 0x0A { end += 1 }
      let next = min(range.upperBound, end + 1)
      let line = seen(bytes, place..<end)
      guard !line.isEmpty else {
        place = next
        continue
      }
      let isQuoted = quotes.reaches(into: bytes, line)
      let isProse = !isQuoted && ProseLine.reads(bytes, line, indent: line.lowerBound - place)
      let gap = written..<line.lowerBound
      output += Self.gap(bytes, gap, isBehindProse && isProse && line.lowerBound == place)
      if isProse { output += words(bytes, line) } else { output += bytes[line] }
      written = line.upperBound
      isBehindProse = isProse
      place = next
    }
    if range.upperBound < bytes.count { output += bytes[written..<range.upperBound] }
    return output
  }

  private static func seen(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, bytes[end - 1].isWhite { end -= 1 }
    while start < end, bytes[start].isBlank { start += 1 }
    return start..<end
  }

  /// The white space between two lines, in full but between two lines of prose.
  private static func gap(_ bytes: [UInt8], _ range: Range<Int>, _ isInProse: Bool) -> [UInt8] {
    if range.lowerBound == 0 {
      // Nothing stands before: only what the first line is indented by says something.
      let indent = bytes[range].lastIndex(of: 0x0A).map { $0 + 1 } ?? range.lowerBound
      return Array(bytes[indent..<range.upperBound])
    }
    let newlines = bytes[range].count { $0 == 0x0A }
    guard isInProse, newlines > 0 else { return Array(bytes[range]) }
    return Array(repeating: 0x0A, count: min(2, newlines))
  }

  /// A line of prose with one space for each run of spaces between two words.
  private static func words(_ bytes: [UInt8], _ line: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(line.count)
    var place = line.lowerBound
    while place < line.upperBound {
      let start = place
      while place < line.upperBound, bytes[place] == 0x20 { place += 1 }
      if place - start > 1, isBetweenWords(bytes, start..<place) {
        output.append(0x20)
      } else {
        output += bytes[start..<place]
      }
      if place < line.upperBound {
        output.append(bytes[place])
        place += 1
      }
    }
    return output
  }

  /// Digits may be columns, or groups of one number; behind a colon stands what is filled in.
  private static func isBetweenWords(_ bytes: [UInt8], _ gap: Range<Int>) -> Bool {
    let (before, after) = (bytes[gap.lowerBound - 1], bytes[gap.upperBound])
    let isWord = before.isLetter || before >= 0x80
    let isMark =
      before == 0x2E || before == 0x2C || before == 0x3B || before == 0x21 || before == 0x3F
      || before == 0x29
    return (isWord || isMark) && (after.isLetter || after >= 0x80 || after == 0x28)
  }
}

/// Quotes that lines of a text stand in, whatever their marks.
private struct OpenQuotes {
  private var isOpen = false

  /// Whether a line has a mark of a quote, or stands between two of them.
  mutating func reaches(into bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var (marks, ticks) = (0, 0)
    var place = line.lowerBound
    while place < line.upperBound {
      let scalar = LenientScalar(bytes, at: place, before: line.upperBound)
      if Self.isMark(scalar.value) { marks += 1 }
      // Code within a line ends in it.
      if scalar.value == 0x60 { ticks += 1 }
      place += scalar.count
    }
    let wasOpen = isOpen
    if marks % 2 != 0 { isOpen.toggle() }
    return wasOpen || marks + ticks > 0
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0xAB, 0xBB, 0x201C...0x201F, 0x2039, 0x203A, 0x300C...0x300F: true
    default: false
    }
  }
}
