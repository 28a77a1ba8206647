/// How one total becomes another: each step hangs where the one before it ended.
package struct WaterfallChart: Sendable {
  package struct Step: Sendable {
    package let label: String
    /// Of a total its level, of a step the change to it: below zero is less.
    package let value: Double
    package let words: String
    package let isTotal: Bool

    package init(label: String, value: Double, words: String, isTotal: Bool) {
      self.label = label
      self.value = value
      self.words = words
      self.isTotal = isTotal
    }
  }

  package let steps: [Step]
  package let caption: String

  package init(steps: [Step], caption: String) {
    self.steps = steps
    self.caption = caption
  }

  package var svg: String { ChartMarkup.document(self) }
}

extension WaterfallChart: DrawnChart {
  var readings: [String] { steps.map { "\($0.label): \($0.words)" } }

  func drawing(width: Double) -> ChartDrawing {
    guard !steps.isEmpty else { return .nothing(width: width) }
    let rows = ChartRows(
      steps.map { ChartRows.Row(label: $0.label, words: $0.words, isSum: $0.isTotal) },
      width: width)
    let spans = self.spans
    let scale = ChartScale(
      spans.flatMap { $0.map { [$0.from, $0.to] } ?? [] }, hasZero: true, from: rows.left,
      to: rows.right)
    var drawing = ChartDrawing(width: width, height: Double(steps.count) * rows.rowHeight + 4)
    if let zero = scale.place(0) { rows.writeLine(at: zero, "rc-zero", in: &drawing) }
    for (place, span) in spans.enumerated() {
      guard let span, let from = scale.place(span.from), let to = scale.place(span.to) else {
        continue
      }
      let step = steps[place]
      let top = rows.barTop(place)
      // A change too small to see is still a stroke.
      drawing.rectangle(
        x: min(from, to), y: top, width: max(abs(to - from), 1.5), height: ChartRows.barHeight,
        step.isTotal ? "rc-c1" : step.value > 0 ? "rc-c2" : "rc-c3",
        title: "\(step.label): \(step.words)", corner: 1)
      if !rows.isNarrow, place + 1 < steps.count, spans[place + 1] != nil {
        drawing.line(to, top + ChartRows.barHeight, to, rows.barTop(place + 1), "rc-join")
      }
    }
    rows.writeTexts(in: &drawing)
    return drawing
  }

  /// Where each bar begins and ends; nil for a value that is no number, which moves nothing.
  private var spans: [(from: Double, to: Double)?] {
    var level = 0.0
    return steps.map { step in
      guard step.value.isFinite else { return nil }
      let from = step.isTotal ? 0 : level
      let to = step.isTotal ? step.value : level + step.value
      guard to.isFinite else { return nil }
      level = to
      return (from, to)
    }
  }
}
