/// A field with an axis to the left and one below, and labels that keep clear of each other.
struct ChartPlot {
  let x: ChartScale
  let y: ChartScale
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  /// Places of the axes in a drawing of this width: the left one is as wide as its longest tick.
  init(
    width: Double, height: Double, xs: (low: Double, high: Double),
    ys: (low: Double, high: Double), yTicks: [ChartScale.Tick]
  ) {
    let widest = yTicks.reduce(0) {
      max($0, Lettering.sansWidth($1.words, size: ChartDrawing.tickSize))
    }
    left = min(widest + 8, width / 2)
    right = width - 12
    top = 26
    bottom = height - 40
    x = ChartScale(low: xs.low, high: xs.high, from: left, to: right)
    y = ChartScale(low: ys.low, high: ys.high, from: bottom, to: top)
  }

  func writeAxes(
    xTicks: [ChartScale.Tick], yTicks: [ChartScale.Tick], xTitle: String, yTitle: String,
    in drawing: inout ChartDrawing
  ) {
    let size = ChartDrawing.tickSize
    for tick in yTicks {
      guard let at = y.place(tick.value) else { continue }
      drawing.line(left, at, right, at, tick.value == 0 ? "rc-zero" : "rc-grid")
      drawing.text(
        tick.words, x: left - 6, y: at + 4, room: left, .end, "rc-tick", size: size)
    }
    var free = -Double.infinity
    for tick in xTicks {
      guard let at = x.place(tick.value) else { continue }
      drawing.line(at, bottom, at, bottom + 4, "rc-zero")
      let half = Lettering.sansWidth(tick.words, size: size) / 2
      let middle = min(max(at, half), drawing.width - half)
      guard middle - half > free else { continue }
      drawing.text(
        tick.words, x: middle, y: bottom + 17, room: 2 * half + 1, .middle, "rc-tick", size: size)
      free = middle + half + 6
    }
    drawing.line(left, bottom, right, bottom, "rc-zero")
    drawing.text(yTitle, x: 0, y: 12, room: drawing.width, .start, "rc-axis", size: size)
    drawing.text(
      xTitle, x: right, y: bottom + 33, room: drawing.width - 12, .end, "rc-axis", size: size)
  }
}

/// Labels beside points, each where no other stands; one that finds no place is left to its point's title.
struct ChartLabels {
  private struct Box {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func meets(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  private var taken: [Box] = []
  private let frame: Box

  init(_ plot: ChartPlot, points: [(x: Double, y: Double)]) {
    frame = Box(left: plot.left, top: plot.top - 12, right: plot.right + 12, bottom: plot.bottom)
    taken = points.map {
      Box(left: $0.x - 5, top: $0.y - 5, right: $0.x + 5, bottom: $0.y + 5)
    }
  }

  /// Right of the point, left of it, above, below.
  mutating func write(_ label: String, x: Double, y: Double, in drawing: inout ChartDrawing) {
    guard !label.isEmpty else { return }
    let room = min(220, drawing.width * 0.45)
    let length = min(Lettering.sansWidth(label, size: ChartDrawing.labelSize), room)
    let places: [(left: Double, base: Double)] = [
      (x + 8, y + 4), (x - 8 - length, y + 4), (x - length / 2, y - 9), (x - length / 2, y + 18),
      (x + 6, y - 9), (x - 6 - length, y - 9), (x + 6, y + 18), (x - 6 - length, y + 18),
    ]
    for place in places {
      let box = Box(
        left: place.left, top: place.base - 11, right: place.left + length,
        bottom: place.base + 3)
      guard box.left >= frame.left, box.right <= frame.right, box.top >= frame.top,
        box.bottom <= frame.bottom, !taken.contains(where: { $0.meets(box) })
      else { continue }
      taken.append(box)
      drawing.text(label, x: place.left, y: place.base, room: room)
      return
    }
  }
}
