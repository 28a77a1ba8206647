/// Things by two measures, each with what it lies between, and the frontier no other thing beats.
package struct ScatterChart: Sendable {
  package struct Point: Sendable {
    package let x: Double
    package let y: Double
    package let xInterval: ClosedRange<Double>?
    package let yInterval: ClosedRange<Double>?
    package let label: String
    package let isOnFrontier: Bool

    package init(
      x: Double, y: Double, xInterval: ClosedRange<Double>? = nil,
      yInterval: ClosedRange<Double>? = nil, label: String, isOnFrontier: Bool
    ) {
      self.x = x
      self.y = y
      self.xInterval = xInterval
      self.yInterval = yInterval
      self.label = label
      self.isOnFrontier = isOnFrontier
    }
  }

  package let points: [Point]
  package let xTitle: String
  package let yTitle: String
  package let caption: String

  package init(points: [Point], xTitle: String, yTitle: String, caption: String) {
    self.points = points
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.caption = caption
  }

  package var svg: String { ChartMarkup.document(self) }
}

extension ScatterChart: DrawnChart {
  var readings: [String] {
    points.map { $0.isOnFrontier ? "\($0.label), on the frontier" : $0.label }
  }

  func drawing(width: Double) -> ChartDrawing {
    let points = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard !points.isEmpty else { return .nothing(width: width) }
    let height = min(width * 0.85, 380)
    func ends(_ interval: ClosedRange<Double>?) -> [Double] {
      interval.map { [$0.lowerBound, $0.upperBound] } ?? []
    }
    let x = ChartScale(
      points.flatMap { [$0.x] + ends($0.xInterval) }, hasZero: false, from: 0, to: width)
    let y = ChartScale(
      points.flatMap { [$0.y] + ends($0.yInterval) }, hasZero: false, from: height, to: 0)
    let yTicks = y.ticks(5)
    let plot = ChartPlot(
      width: width, height: height, xs: x.roomy, ys: y.roomy, yTicks: yTicks)
    var drawing = ChartDrawing(width: width, height: height)
    plot.writeAxes(
      xTicks: x.ticks(width < 480 ? 3 : 6), yTicks: yTicks, xTitle: xTitle, yTitle: yTitle,
      in: &drawing)
    write(points, in: plot, &drawing)
    return drawing
  }

  private func write(_ points: [Point], in plot: ChartPlot, _ drawing: inout ChartDrawing) {
    let placed = points.compactMap { point -> (point: Point, x: Double, y: Double)? in
      guard let x = plot.x.place(point.x), let y = plot.y.place(point.y) else { return nil }
      return (point, x, y)
    }
    let frontier = placed.filter(\.point.isOnFrontier).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    drawing.path(frontier.map { ($0.x, $0.y) }, "rc-front")
    for place in placed {
      if let range = place.point.xInterval, let low = plot.x.place(range.lowerBound),
        let high = plot.x.place(range.upperBound)
      {
        drawing.line(low, place.y, high, place.y, "rc-whisker")
      }
      if let range = place.point.yInterval, let low = plot.y.place(range.lowerBound),
        let high = plot.y.place(range.upperBound)
      {
        drawing.line(place.x, low, place.x, high, "rc-whisker")
      }
    }
    for place in placed {
      drawing.circle(
        x: place.x, y: place.y, radius: place.point.isOnFrontier ? 5 : 4,
        place.point.isOnFrontier ? "rc-on" : "rc-off", title: place.point.label)
    }
    var labels = ChartLabels(plot, points: placed.map { ($0.x, $0.y) })
    // What matters finds its place first.
    for place in placed.filter(\.point.isOnFrontier) + placed.filter({ !$0.point.isOnFrontier }) {
      labels.write(place.point.label, x: place.x, y: place.y, in: &drawing)
    }
  }
}
