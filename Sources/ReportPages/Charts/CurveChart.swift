/// Which share of one thing makes which share of another, both from none to all: the Pareto.
package struct CurveChart: Sendable {
  package struct Mark: Sendable {
    package let x: Double
    package let y: Double
    package let label: String

    package init(x: Double, y: Double, label: String) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// Both 0 to 1, along the curve.
  package let points: [(x: Double, y: Double)]
  package let marks: [Mark]
  package let xTitle: String
  package let yTitle: String
  package let caption: String

  package init(
    points: [(x: Double, y: Double)], marks: [Mark], xTitle: String, yTitle: String,
    caption: String
  ) {
    self.points = points
    self.marks = marks
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.caption = caption
  }

  package var svg: String { ChartMarkup.document(self) }
}

extension CurveChart: DrawnChart {
  var readings: [String] {
    marks.map {
      "\($0.label): \(Self.percent($0.x)) of \(xTitle), \(Self.percent($0.y)) of \(yTitle)"
    }
  }

  private static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "?" }
    return "\(Int((min(max(share, 0), 1) * 100).rounded())) %"
  }

  private static let ticks = (0...4).map {
    ChartScale.Tick(value: Double($0) / 4, words: "\($0 * 25) %")
  }

  func drawing(width: Double) -> ChartDrawing {
    let points = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard !points.isEmpty || !marks.isEmpty else { return .nothing(width: width) }
    let height = min(width * 0.8, 340)
    var drawing = ChartDrawing(width: width, height: height)
    let plot = ChartPlot(
      width: width, height: height, xs: (0, 1), ys: (0, 1), yTicks: Self.ticks)
    plot.writeAxes(
      xTicks: Self.ticks, yTicks: Self.ticks, xTitle: xTitle, yTitle: yTitle, in: &drawing)
    let line = points.compactMap { point -> (x: Double, y: Double)? in
      guard let x = plot.x.place(point.x), let y = plot.y.place(point.y) else { return nil }
      return (x, y)
    }
    if let first = line.first, let last = line.last {
      let area = line + [(last.x, plot.bottom), (first.x, plot.bottom)]
      drawing.path(area, "rc-area", isClosed: true)
    }
    drawing.line(plot.left, plot.bottom, plot.right, plot.top, "rc-even")
    drawing.path(line, "rc-line")
    let placed = marks.compactMap { mark -> (mark: Mark, x: Double, y: Double)? in
      guard let x = plot.x.place(mark.x), let y = plot.y.place(mark.y) else { return nil }
      return (mark, x, y)
    }
    // Labels keep off the curve as well as off each other.
    var labels = ChartLabels(plot, points: placed.map { ($0.x, $0.y) } + line)
    for place in placed {
      drawing.circle(x: place.x, y: place.y, radius: 4, "rc-mark", title: place.mark.label)
    }
    for place in placed {
      labels.write(place.mark.label, x: place.x, y: place.y, in: &drawing)
    }
    return drawing
  }
}
