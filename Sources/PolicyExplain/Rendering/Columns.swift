/// Rows of cells set in columns, for a terminal.
package struct Columns: Sendable {
  package enum Alignment: Sendable {
    case left, right
  }

  private var rows: [[String]] = []
  private let alignments: [Alignment]
  private let indent: Int

  /// Columns beyond the list are left-aligned.
  package init(_ alignments: [Alignment] = [], indent: Int = 2) {
    self.alignments = alignments
    self.indent = indent
  }

  package mutating func add(_ cells: [String]) { rows.append(cells) }

  /// One line a row, without trailing spaces.
  package var lines: [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      var line = margin
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        let isRight = column < alignments.count && alignments[column] == .right
        line += isRight ? padding + cell : cell + padding
        if column + 1 < row.count { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
