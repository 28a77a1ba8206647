/// Shapes and texts of a chart, in pixels from the top left corner.
struct ChartDrawing {
  /// Where a text stands against its place.
  enum Anchor: String {
    case start, middle, end
  }

  static let labelSize = 12.0
  static let tickSize = 11.0

  let width: Double
  var height: Double
  private(set) var markup = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// To the tenth of a pixel, so that the same chart is the same bytes.
  static func pixels(_ length: Double) -> String {
    guard length.isFinite else { return "0" }
    let tenths = Int64((min(max(length, -1e6), 1e6) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// At most `room` wide; what is cut off stands in its title.
  mutating func text(
    _ text: String, x: Double, y: Double, room: Double, _ anchor: Anchor = .start,
    _ name: String = "",
    size: Double = labelSize
  ) {
    guard !text.isEmpty else { return }
    let shown = Lettering.sansShortened(text, room: room, size: size)
    markup += "<text x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\""
    if anchor != .start { markup += " text-anchor=\"\(anchor.rawValue)\"" }
    if !name.isEmpty { markup += " class=\"\(name)\"" }
    markup += ">"
    if shown != text { markup += "<title>\(PageText.escaped(text))</title>" }
    markup += PageText.escaped(shown) + "</text>\n"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ name: String, title: String = "",
    corner: Double = 0
  ) {
    markup += "<rect x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\""
    markup += " width=\"\(Self.pixels(max(0, width)))\""
    markup += " height=\"\(Self.pixels(max(0, height)))\""
    if corner > 0 { markup += " rx=\"\(Self.pixels(corner))\"" }
    close("rect", name, title)
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String) {
    markup += "<line x1=\"\(Self.pixels(x1))\" y1=\"\(Self.pixels(y1))\""
    markup += " x2=\"\(Self.pixels(x2))\" y2=\"\(Self.pixels(y2))\" class=\"\(name)\"/>\n"
  }

  mutating func circle(x: Double, y: Double, radius: Double, _ name: String, title: String = "") {
    markup += "<circle cx=\"\(Self.pixels(x))\" cy=\"\(Self.pixels(y))\""
    markup += " r=\"\(Self.pixels(radius))\""
    close("circle", name, title)
  }

  mutating func path(_ points: [(x: Double, y: Double)], _ name: String, isClosed: Bool = false) {
    guard points.count > 1 else { return }
    let list = points.map { "\(Self.pixels($0.x)),\(Self.pixels($0.y))" }.joined(separator: " ")
    markup += "<\(isClosed ? "polygon" : "polyline") points=\"\(list)\" class=\"\(name)\"/>\n"
  }

  private mutating func close(_ element: String, _ name: String, _ title: String) {
    markup += " class=\"\(name)\""
    markup +=
      title.isEmpty
      ? "/>\n" : "><title>\(PageText.escaped(title))</title></\(element)>\n"
  }

  // MARK: Words that stand in for a drawing

  /// A chart of nothing says so.
  static func nothing(width: Double) -> ChartDrawing {
    var drawing = ChartDrawing(width: width, height: 36)
    drawing.text("nothing to draw", x: 0, y: 22, room: width, .start, "rc-axis", size: tickSize)
    return drawing
  }

  /// Names with their colours, in lines as wide as the drawing; returns where they end.
  mutating func legend(_ names: [String], y: Double) -> Double {
    var x = 0.0
    var y = y
    for (place, name) in names.enumerated() {
      let room = min(width - 18, 220)
      let length = min(Lettering.sansWidth(name, size: Self.labelSize), room)
      if x > 0, x + 18 + length > width {
        x = 0
        y += 18
      }
      rectangle(
        x: x, y: y, width: 11, height: 11, "rc-c\(place % ChartStyle.colours + 1)", corner: 2)
      text(name, x: x + 16, y: y + 10, room: room)
      x += 16 + length + 16
    }
    return y + 18
  }
}
