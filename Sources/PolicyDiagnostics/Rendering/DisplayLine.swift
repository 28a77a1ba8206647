import PolicySource

/// One line of a file as a terminal shows it, and where its bytes stand there.
///
/// Tabs are spread to the next multiple of four, so that an underline stays below its text whatever
/// the terminal thinks of tabs; controls show as their pictures, so that a policy cannot draw on it.
struct DisplayLine {
  /// What fills each column: a wide character stands in the first of its two.
  private var cells: [String] = []
  /// For each byte of the line, and one past it, the column it stands in.
  private var columns: [Int] = []

  init(_ text: String) {
    for character in text {
      let bytes = character.utf8.count
      columns += Array(repeating: cells.count, count: bytes)
      if character == "\t" {
        cells += Array(repeating: " ", count: 4 - cells.count % 4)
      } else {
        let shown = String(
          String.UnicodeScalarView(character.unicodeScalars.map(VisibleText.visible)))
        cells.append(shown)
        let width = shown.reduce(0) { $0 + DisplayWidth.of($1) }
        cells += Array(repeating: "", count: max(0, width - 1))
      }
    }
    columns.append(cells.count)
  }

  var width: Int { cells.count }

  /// The column of a byte of the line; one past the last for what lies beyond.
  func column(ofByte offset: Int) -> Int {
    columns.indices.contains(offset) ? columns[offset] : cells.count
  }

  /// The columns of a range, `…` where something is left out at either end.
  func text(_ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<cells.count)
    var shown = cells[range].joined()
    if range.lowerBound > 0, !shown.isEmpty { shown = "…" + shown.dropFirst() }
    if range.upperBound < cells.count, !shown.isEmpty { shown = shown.dropLast() + "…" }
    while shown.last == " " { shown.removeLast() }
    return shown
  }

  /// Columns to show of a line too long for the width: those around an underline.
  func window(around marked: Range<Int>, width limit: Int) -> Range<Int> {
    guard width > limit else { return 0..<width }
    let before = max(0, limit - min(marked.count, limit / 2)) / 2
    var start = min(max(0, marked.lowerBound - before), width - limit)
    // A wide character is not cut in two.
    while start > 0, cells[start].isEmpty { start -= 1 }
    return start..<min(width, start + limit)
  }
}
