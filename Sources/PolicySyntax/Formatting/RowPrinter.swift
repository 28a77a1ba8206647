/// Rows as text: indentation, and trailing comments in one column.
enum RowPrinter {
  static func text(of rows: [Row]) -> String {
    var columns: [Int: Int] = [:]
    let indents = rows.map { indent(of: $0, &columns) }
    let ends = zip(rows, indents).map { $0.width + $1 }
    var text = ""
    var start = 0
    while start < rows.count {
      let end = endOfRun(rows, from: start)
      let widest = (start..<end).filter { rows[$0].trailingComment != nil }.map { ends[$0] }.max()
      for index in start..<end {
        write(rows[index], indents[index], gap: max(0, (widest ?? 0) - ends[index]) + 2, to: &text)
      }
      start = end
    }
    return text
  }

  /// Where a row starts; records where its tokens end for the rows that refer to them.
  private static func indent(of row: Row, _ columns: inout [Int: Int]) -> Int {
    let indent: Int
    switch row.indent {
    case .depth(let depth):
      indent = 2 * depth
    case .continuation(let depth):
      indent = 2 * depth + 4
    case .endingWith(let token, let depth):
      indent = max(2 * depth + 2, (columns[token] ?? 0) - (row.pieces.first?.width ?? 0))
    case .behind(let token):
      indent = columns[token] ?? 0
    }
    var column = indent
    for piece in row.pieces {
      column += piece.gap + piece.width
      columns[piece.token] = column
    }
    return indent
  }

  /// Rows whose trailing comments stand in one column: neighbours at one depth.
  private static func endOfRun(_ rows: [Row], from start: Int) -> Int {
    guard rows[start].ownComment == nil, !rows[start].opensBlock else { return start + 1 }
    var end = start + 1
    while end < rows.count, rows[end].ownComment == nil, !rows[end].opensBlock,
      !rows[end].hasBlankLineBefore,
      rows[end].isContinuation || rows[end].depth == rows[start].depth
    {
      end += 1
    }
    return end
  }

  private static func write(_ row: Row, _ indent: Int, gap: Int, to text: inout String) {
    if row.hasBlankLineBefore { text += "\n" }
    text += String(repeating: " ", count: indent)
    if let comment = row.ownComment { text += comment }
    for piece in row.pieces {
      text += String(repeating: " ", count: piece.gap)
      text += piece.text
    }
    if let comment = row.trailingComment {
      text += String(repeating: " ", count: gap)
      text += comment
    }
    text += "\n"
  }
}
