/// Bars that lie below each other, each with a label before it and words behind it.
///
/// With room the label is left of the bar; on a telephone it is above. Words have a column of their own,
/// so nothing is ever written over anything.
struct ChartRows {
  struct Row {
    let label: String
    let words: String
    let isSum: Bool
  }

  static let barHeight = 14.0

  let rows: [Row]
  let width: Double
  let isNarrow: Bool
  private let labelWidth: Double
  private let wordsWidth: Double

  init(_ rows: [Row], width: Double) {
    self.rows = rows
    self.width = width
    isNarrow = width < 480
    let size = ChartDrawing.labelSize
    func longest(_ texts: [String]) -> Double {
      texts.reduce(0) { max($0, Lettering.sansWidth($1, size: size)) }
    }
    labelWidth = isNarrow ? 0 : min(longest(rows.map(\.label)), width * 0.36)
    wordsWidth = min(longest(rows.map(\.words)), width * (isNarrow ? 0.38 : 0.28))
  }

  var rowHeight: Double { isNarrow ? 40 : 28 }

  /// Where bars may lie.
  var left: Double { isNarrow ? 1 : labelWidth + 12 }
  var right: Double { max(left + 40, width - wordsWidth - 10) }

  /// The upper edge of a row's bar.
  func barTop(_ place: Int) -> Double {
    Double(place) * rowHeight + (isNarrow ? 20 : 7)
  }

  func writeTexts(in drawing: inout ChartDrawing) {
    for (place, row) in rows.enumerated() {
      let name = row.isSum ? "rc-sum" : ""
      let base = barTop(place) + 11
      if isNarrow {
        drawing.text(row.label, x: 0, y: base - 19, room: width, .start, name)
      } else {
        drawing.text(row.label, x: labelWidth, y: base, room: labelWidth, .end, name)
      }
      drawing.text(row.words, x: width, y: base, room: width - right - 8, .end, name)
    }
  }

  /// A stroke through each bar's height, so that none crosses a label.
  func writeLine(at x: Double, _ name: String, in drawing: inout ChartDrawing) {
    guard isNarrow else {
      drawing.line(x, 2, x, Double(rows.count) * rowHeight, name)
      return
    }
    for place in rows.indices {
      let top = barTop(place)
      drawing.line(x, top - 2, x, top + Self.barHeight + 2, name)
    }
  }
}
