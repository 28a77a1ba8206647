import Foundation
import ReportPages
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read as XML: its drawings with every shape and text of them.
final class DrawnPage: NSObject, XMLParserDelegate {
  struct Box {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func meets(_ other: Box) -> Bool {
      left + 0.1 < other.right && other.left + 0.1 < right && top + 0.1 < other.bottom
        && other.top + 0.1 < bottom
    }
  }

  struct Drawing {
    var name = ""
    var width = 0.0
    var height = 0.0
    var shapes: [(name: String, box: Box)] = []
    var texts: [(words: String, box: Box)] = []
  }

  private(set) var problem: String?
  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  private(set) var text = ""
  private(set) var drawings: [Drawing] = []
  private var path: [String] = []
  private var label: (x: Double, y: Double, anchor: String, size: Double, words: String)?

  init(_ source: String) {
    super.init()
    let parser = XMLParser(data: Data(source.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "unread")"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    path.append(name)
    elements[name, default: 0] += 1
    self.attributes.formUnion(attributes.keys)
    func number(_ name: String) -> Double { attributes[name].flatMap { Double($0) } ?? 0 }
    let style = attributes["class"] ?? ""
    switch name {
    case "svg":
      var drawing = Drawing()
      let box = (attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
      if box.count == 4 { (drawing.width, drawing.height) = (box[2], box[3]) }
      drawing.name = attributes["aria-label"] ?? ""
      drawings.append(drawing)
    case "rect":
      let (x, y) = (number("x"), number("y"))
      add(style, x, y, x + number("width"), y + number("height"))
    case "line":
      let xs = [number("x1"), number("x2")].sorted()
      let ys = [number("y1"), number("y2")].sorted()
      add(style, xs[0], ys[0], xs[1], ys[1])
    case "circle":
      let (x, y, r) = (number("cx"), number("cy"), number("r"))
      add(style, x - r, y - r, x + r, y + r)
    case "polyline", "polygon":
      for pair in (attributes["points"] ?? "").split(separator: " ") {
        let place = pair.split(separator: ",").compactMap { Double($0) }
        if place.count == 2 { add(style, place[0], place[1], place[0], place[1]) }
      }
    case "text":
      let isSmall = style == "rc-tick" || style == "rc-axis"
      label = (
        number("x"), number("y"), attributes["text-anchor"] ?? "start", isSmall ? 11 : 12, ""
      )
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string
    if path.last == "text" { label?.words += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    path.removeLast()
    guard name == "text", let label, !drawings.isEmpty else { return }
    let width = Lettering.sansWidth(label.words, size: label.size)
    let left =
      switch label.anchor {
      case "middle": label.x - width / 2
      case "end": label.x - width
      default: label.x
      }
    let box = Box(
      left: left, top: label.y - label.size * 0.75, right: left + width, bottom: label.y + 2)
    drawings[drawings.count - 1].texts.append((label.words, box))
    self.label = nil
  }

  private func add(
    _ name: String, _ left: Double, _ top: Double, _ right: Double, _ bottom: Double
  ) {
    guard !drawings.isEmpty else { return }
    drawings[drawings.count - 1].shapes.append(
      (name, Box(left: left, top: top, right: right, bottom: bottom)))
  }

  /// Holds that the page is well-formed, runs nothing and fetches nothing.
  func isSafe(_ name: String) {
    #expect(problem == nil, "\(name)")
    for element in ["script", "image", "link", "a", "iframe", "object"] {
      #expect(elements[element] == nil, "\(name): \(element)")
    }
    let isActive = attributes.contains { $0.hasPrefix("on") || $0 == "href" || $0 == "src" }
    #expect(!isActive, "\(name): \(attributes)")
  }

  /// Holds that everything lies inside its drawing and no text on another.
  func isClear(_ name: String) {
    for drawing in drawings {
      let place = "\(name), \(drawing.name.prefix(40)) at \(drawing.width)"
      func isInside(_ box: Box) -> Bool {
        box.left >= -0.1 && box.top >= -0.1 && box.right <= drawing.width + 0.1
          && box.bottom <= drawing.height + 0.1
      }
      for shape in drawing.shapes where !isInside(shape.box) {
        Issue.record("\(place): \(shape) lies outside")
      }
      for (index, text) in drawing.texts.enumerated() {
        if !isInside(text.box) { Issue.record("\(place): \(text) lies outside") }
        for other in drawing.texts[..<index] where other.box.meets(text.box) {
          Issue.record("\(place): \(text) lies on \(other)")
        }
      }
    }
  }
}
