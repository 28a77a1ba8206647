/// Amounts beside each other, from zero.
package struct BarChart: Sendable {
  package struct Bar: Sendable {
    package let label: String
    package let value: Double
    package let words: String
    /// What the value lies between.
    package let interval: ClosedRange<Double>?
    /// What it is held against, as an outline around or inside the bar.
    package let second: Double?

    package init(
      label: String, value: Double, words: String, interval: ClosedRange<Double>? = nil,
      second: Double? = nil
    ) {
      self.label = label
      self.value = value
      self.words = words
      self.interval = interval
      self.second = second
    }
  }

  package let bars: [Bar]
  /// What the axis counts, as `dollars a day`.
  package let unit: String
  package let caption: String

  /// Past so many bars the rest is a line that counts them.
  static let limit = 60

  package init(bars: [Bar], unit: String, caption: String) {
    self.bars = bars
    self.unit = unit
    self.caption = caption
  }

  package var svg: String { ChartMarkup.document(self) }
}

extension BarChart: DrawnChart {
  var readings: [String] { bars.map { "\($0.label): \($0.words)" } }

  func drawing(width: Double) -> ChartDrawing {
    guard !bars.isEmpty else { return .nothing(width: width) }
    let bars = self.bars.prefix(Self.limit)
    let rows = ChartRows(
      bars.map { ChartRows.Row(label: $0.label, words: $0.words, isSum: false) }, width: width)
    var values: [Double] = []
    for bar in bars {
      values.append(bar.value)
      if let second = bar.second { values.append(second) }
      if let interval = bar.interval { values += [interval.lowerBound, interval.upperBound] }
    }
    let scale = ChartScale(values, hasZero: true, from: rows.left, to: rows.right)
    var drawing = ChartDrawing(
      width: width, height: Double(bars.count) * rows.rowHeight + 40)
    writeAxis(scale, rows, in: &drawing)
    for (place, bar) in bars.enumerated() {
      write(bar, top: rows.barTop(place), scale, in: &drawing)
    }
    rows.writeTexts(in: &drawing)
    if self.bars.count > bars.count {
      drawing.text(
        "and \(self.bars.count - bars.count) more", x: 0, y: drawing.height + 4, room: width,
        .start, "rc-axis", size: ChartDrawing.tickSize)
      drawing.height += 10
    }
    return drawing
  }

  private func write(
    _ bar: Bar, top: Double, _ scale: ChartScale, in drawing: inout ChartDrawing
  ) {
    guard let zero = scale.place(0) else { return }
    let middle = top + ChartRows.barHeight / 2
    if let end = scale.place(bar.value) {
      drawing.rectangle(
        x: min(zero, end), y: top, width: max(abs(end - zero), bar.value == 0 ? 0 : 1.5),
        height: ChartRows.barHeight, "rc-c1", title: "\(bar.label): \(bar.words)", corner: 1)
    }
    if let end = bar.second.flatMap(scale.place) {
      drawing.rectangle(
        x: min(zero, end), y: top - 2, width: abs(end - zero), height: ChartRows.barHeight + 4,
        "rc-second", corner: 1)
    }
    if let interval = bar.interval, let low = scale.place(interval.lowerBound),
      let high = scale.place(interval.upperBound)
    {
      drawing.line(low, middle, high, middle, "rc-whisker")
      drawing.line(low, middle - 4, low, middle + 4, "rc-whisker")
      drawing.line(high, middle - 4, high, middle + 4, "rc-whisker")
    }
  }

  private func writeAxis(
    _ scale: ChartScale, _ rows: ChartRows, in drawing: inout ChartDrawing
  ) {
    let size = ChartDrawing.tickSize
    let base = Double(rows.rows.count) * rows.rowHeight + 14
    let ticks = scale.ticks(rows.isNarrow ? 3 : 5)
    var free = -Double.infinity
    for tick in ticks {
      guard let x = scale.place(tick.value) else { continue }
      rows.writeLine(at: x, tick.value == 0 ? "rc-zero" : "rc-grid", in: &drawing)
      let half = Lettering.sansWidth(tick.words, size: size) / 2
      let at = min(max(x, half), drawing.width - half)
      guard at - half > free else { continue }
      drawing.text(tick.words, x: at, y: base, room: 2 * half + 1, .middle, "rc-tick", size: size)
      free = at + half + 6
    }
    drawing.text(
      unit, x: drawing.width, y: base + 16, room: drawing.width, .end, "rc-axis", size: size)
  }
}
