/// Amounts day by day, the groups of a day on top of each other.
package struct DayChart: Sendable {
  package struct Series: Sendable {
    package let name: String
    /// One for each day.
    package let values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  package let days: [String]
  package let series: [Series]
  /// What the axis counts, as `dollars`.
  package let unit: String
  package let caption: String

  package init(days: [String], series: [Series], unit: String, caption: String) {
    self.days = days
    self.series = series
    self.unit = unit
    self.caption = caption
  }

  package var svg: String { ChartMarkup.document(self) }
}

extension DayChart: DrawnChart {
  var readings: [String] {
    guard let first = days.first, let last = days.last else { return [] }
    return ["\(first) to \(last)", "in \(unit)"] + series.map(\.name)
  }

  /// The first groups have a colour each; if there are more than colours, the last ones share one.
  private var shown: [Series] {
    guard series.count > ChartStyle.colours else { return series }
    let own = series.prefix(ChartStyle.colours - 1)
    let rest = series.dropFirst(ChartStyle.colours - 1)
    let values = days.indices.map { day in
      rest.reduce(0.0) { $0 + Self.value(of: $1, day) }
    }
    return own + [Series(name: "\(rest.count) others", values: values)]
  }

  /// What is missing or no number takes no room.
  private static func value(of series: Series, _ day: Int) -> Double {
    guard series.values.indices.contains(day), series.values[day].isFinite else { return 0 }
    return min(max(series.values[day], -1e290), 1e290)
  }

  func drawing(width: Double) -> ChartDrawing {
    let shown = self.shown
    guard !days.isEmpty, !shown.isEmpty else { return .nothing(width: width) }
    let sums = days.indices.flatMap { day -> [Double] in
      let values = shown.map { Self.value(of: $0, day) }
      return [values.filter { $0 > 0 }.reduce(0, +), values.filter { $0 < 0 }.reduce(0, +)]
    }
    let height = min(width * 0.75, 280)
    let y = ChartScale(sums, hasZero: true, from: height, to: 0)
    let yTicks = y.ticks(4)
    let plot = ChartPlot(
      width: width, height: height, xs: (0, Double(days.count)), ys: (y.low, y.high),
      yTicks: yTicks)
    var drawing = ChartDrawing(width: width, height: height)
    plot.writeAxes(xTicks: [], yTicks: yTicks, xTitle: "", yTitle: unit, in: &drawing)
    let slot = (plot.right - plot.left) / Double(days.count)
    for day in days.indices {
      write(day, shown, slot: slot, plot, in: &drawing)
    }
    writeDays(slot: slot, plot, in: &drawing)
    if shown.count > 1 {
      drawing.height = drawing.legend(shown.map(\.name), y: height - 12)
    }
    return drawing
  }

  private func write(
    _ day: Int, _ shown: [Series], slot: Double, _ plot: ChartPlot,
    in drawing: inout ChartDrawing
  ) {
    let gap = min(slot * 0.2, 6)
    var above = 0.0
    var below = 0.0
    for (place, series) in shown.enumerated() {
      let value = Self.value(of: series, day)
      guard value != 0 else { continue }
      let from = value > 0 ? above : below
      if value > 0 { above += value } else { below += value }
      guard let start = plot.y.place(from), let end = plot.y.place(from + value) else { continue }
      drawing.rectangle(
        x: plot.left + Double(day) * slot + gap / 2, y: min(start, end), width: slot - gap,
        height: abs(end - start), "rc-c\(place % ChartStyle.colours + 1)",
        title: "\(days[day]) · \(series.name)")
    }
  }

  /// As many days as have room beside each other.
  private func writeDays(slot: Double, _ plot: ChartPlot, in drawing: inout ChartDrawing) {
    let size = ChartDrawing.tickSize
    let widest = min(90, days.reduce(0) { max($0, Lettering.sansWidth($1, size: size)) })
    let each = max(1, Int(((widest + 8) / slot).rounded(.up)))
    var free = -Double.infinity
    for day in stride(from: 0, to: days.count, by: each) {
      let half = min(widest, Lettering.sansWidth(days[day], size: size)) / 2
      let middle = plot.left + (Double(day) + 0.5) * slot
      let at = min(max(middle, half), drawing.width - half)
      guard at - half > free else { continue }
      drawing.text(
        days[day], x: at, y: plot.bottom + 17, room: 2 * half + 1, .middle, "rc-tick", size: size)
      free = at + half + 4
    }
  }
}
