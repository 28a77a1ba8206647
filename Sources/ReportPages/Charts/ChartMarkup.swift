/// A chart that draws itself at a width.
protocol DrawnChart: Sendable {
  var caption: String { get }
  /// What it shows, in words, for who cannot see it.
  var readings: [String] { get }
  func drawing(width: Double) -> ChartDrawing
}

enum ChartMarkup {
  /// Pixels in a window with room, and in that of a telephone.
  static let wide = 720.0
  static let narrow = 328.0
  /// So many readings are said; past them a listener has long asked for the table.
  private static let said = 40

  /// With its style, for a file of its own.
  static func document(_ chart: some DrawnChart) -> String {
    element(chart, width: wide, name: "rc", style: ChartStyle.sheet)
  }

  static func element(
    _ chart: some DrawnChart, width: Double, name: String, style: String = ""
  ) -> String {
    let drawing = chart.drawing(width: width)
    let size = "\(ChartDrawing.pixels(drawing.width)) \(ChartDrawing.pixels(drawing.height))"
    let title = PageText.escaped(chart.caption.isEmpty ? "chart" : chart.caption)
    var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(name)\" viewBox=\"0 0 \(size)\""
    if !style.isEmpty {
      out += " width=\"\(ChartDrawing.pixels(drawing.width))\""
      out += " height=\"\(ChartDrawing.pixels(drawing.height))\""
    }
    out += " role=\"img\" aria-label=\"\(title)\">\n<title>\(title)</title>\n"
    let readings = chart.readings
    var desc = readings.prefix(said).joined(separator: "; ")
    if readings.count > said { desc += "; and \(readings.count - said) more" }
    if !desc.isEmpty { out += "<desc>\(PageText.escaped(desc))</desc>\n" }
    if !style.isEmpty { out += "<style>\(style)</style>\n" }
    return out + drawing.markup + "</svg>\n"
  }
}
