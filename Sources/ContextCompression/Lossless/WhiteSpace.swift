/// Prose without the white space that says nothing.
enum WhiteSpace {
  /// Runs of blanks inside a line as one space, none at its end, at most one empty line, none at
  /// the end of the text; what a line is indented by stays.
  ///
  /// Linear.
  static func written(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    var place = range.lowerBound
    while place < range.upperBound {
      guard bytes[place].isWhite else {
        output.append(bytes[place])
        place += 1
        continue
      }
      let start = place
      while place < range.upperBound, bytes[place].isWhite { place += 1 }
      output += gap(bytes, start..<place)
    }
    return output
  }

  private static func gap(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var newlines = 0
    var lineStart = range.lowerBound
    for place in range where bytes[place] == 0x0A {
      newlines += 1
      lineStart = place + 1
    }
    let isStart = range.lowerBound == 0
    let isEnd = range.upperBound == bytes.count
    if isEnd { return [] }
    // A form feed or a lone carriage return stays what it is.
    if newlines == 0, bytes[range].contains(where: { !$0.isBlank }) { return Array(bytes[range]) }
    if newlines == 0 { return isStart || range.count == 1 ? Array(bytes[range]) : [0x20] }
    let indent = Array(bytes[lineStart..<range.upperBound])
    return (isStart ? [] : Array(repeating: 0x0A, count: min(2, newlines))) + indent
  }
}
