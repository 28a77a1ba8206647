/// Makes the columns of neighbouring rows start at one place.
enum ColumnAlignment {
  static func apply(to rows: inout [Row]) {
    var start = 0
    while start < rows.count {
      let end = endOfRun(rows, from: start)
      align(&rows, (start..<end).filter { takesPart(rows[$0]) })
      start = end
    }
  }

  /// Rows of one class, one below the other.
  ///
  /// Comments and the rest of a long line stand between them without parting them.
  private static func endOfRun(_ rows: [Row], from start: Int) -> Int {
    guard let alignment = rows[start].alignment else { return start + 1 }
    var end = start + 1
    while end < rows.count, !rows[end].hasBlankLineBefore, !rows[end - 1].opensBlock {
      let row = rows[end]
      let isBetween = row.ownComment != nil || row.isContinuation
      if !isBetween, row.alignment != alignment || row.depth != rows[start].depth { break }
      end += 1
    }
    return end
  }

  /// The line that opens a `split` stands for itself; an arm that opens a block keeps its share's
  /// column.
  private static func takesPart(_ row: Row) -> Bool {
    let standsAlone =
      row.opensBlock && row.pieces.count > 1 && row.pieces[1].startsCell
      && !row.pieces[0].text.utf8.contains(.percent)
    return !row.isContinuation && row.ownComment == nil && !standsAlone
  }

  private static func align(_ rows: inout [Row], _ members: [Int]) {
    guard members.count > 1 else { return }
    var widths: [Int] = []
    for member in members {
      for (column, width) in cellWidths(rows[member]).dropLast().enumerated() {
        if column < widths.count {
          widths[column] = max(widths[column], width)
        } else {
          widths.append(width)
        }
      }
    }
    for member in members { pad(&rows[member], widths) }
  }

  /// The width of each cell without the gap before it.
  private static func cellWidths(_ row: Row) -> [Int] {
    var widths = [0]
    for (index, piece) in row.pieces.enumerated() {
      if piece.startsCell {
        widths.append(piece.width)
      } else {
        widths[widths.count - 1] += piece.width + (index == 0 ? 0 : piece.gap)
      }
    }
    return widths
  }

  private static func pad(_ row: inout Row, _ widths: [Int]) {
    let own = cellWidths(row)
    var column = 0
    for index in row.pieces.indices where row.pieces[index].startsCell {
      if column < widths.count { row.pieces[index].gap += widths[column] - own[column] }
      column += 1
    }
  }
}
