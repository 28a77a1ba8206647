import ReportPages

/// The picture as SVG, light or dark as the viewer prefers.
///
/// One file without anything from outside: no font, no script, no link unless asked for. Every
/// length is a whole number of pixels, so the same policy makes the same bytes.
package struct PictureSVG {
  private let picture: PolicyPicture
  private let layout: PictureLayout
  private let light: PictureLight?
  private let linking: (PolicyPicture.Place) -> String?
  private var out = ""

  /// `light` is what one request went through, nil for the policy alone; `linking` says where a
  /// click on what stands at a place leads, nil for nowhere.
  package init(
    _ picture: PolicyPicture, light: PictureLight? = nil,
    linking: @escaping (PolicyPicture.Place) -> String? = { _ in nil }
  ) {
    self.picture = picture
    layout = PictureLayout(picture)
    self.light = light
    self.linking = linking
  }

  /// A file of its own.
  package var document: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(styled: true)
  }

  /// For a page that has ``PictureStyle/sheet`` itself.
  package var inline: String { element(styled: false) }

  private func element(styled: Bool) -> String {
    var copy = self
    copy.write(styled: styled)
    return copy.out
  }

  private mutating func write(styled: Bool) {
    // In a page it shrinks with its column, down to what can still be read.
    let shrinking = styled ? "" : " style=\"min-width:\(layout.width * 4 / 5)px\""
    let size = "width=\"\(layout.width)\" height=\"\(layout.height)\"" + shrinking
    let name = PageText.escaped(picture.path)
    let shade = light == nil ? "rp" : "rp rp-one"
    out += "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) class=\"\(shade)\" "
    out += "viewBox=\"0 0 \(layout.width) \(layout.height)\" role=\"group\" "
    out += "aria-label=\"the policy \(name)\">\n"
    out += "<title>\(name)</title>\n"
    if styled { out += "<style>\(PictureStyle.sheet)</style>\n" }
    out += "<rect class=\"rp-sheet\" width=\"\(layout.width)\" height=\"\(layout.height)\"/>\n"
    // Half a pixel aside, thin strokes are sharp.
    out += "<g transform=\"translate(0.5 0.5)\">\n"
    for frame in layout.frames { write(frame) }
    // What is lit lies on top of what is not.
    let order = layout.arrows.indices.sorted { (rank($0), $0) < (rank($1), $1) }
    for index in order { writeStrokes(of: index) }
    for index in layout.boxes.indices { writeBox(index) }
    for index in order { writeLabel(of: index) }
    out += "</g>\n</svg>\n"
  }

  // MARK: Boxes

  private mutating func write(_ frame: PictureLayout.Frame) {
    let group = picture.groups[frame.group]
    out += "<g class=\"rp-group\(isOff(frame.group) ? " rp-off" : "")\">"
    link(group.place) { svg in
      svg.rectangle(frame.rect, "rp-frame", corner: 8)
      let isLadder = group.kind == .ladder
      svg.cut(to: frame.rect, if: frame.rows.contains { !Lettering.isCertain($0.text) }) { svg in
        for row in frame.rows { svg.write(row, group.lines, isLadder ? "rp-title" : "rp-head") }
      }
    }
    out += "</g>\n"
  }

  /// Whether a request went through nothing in this frame.
  private func isOff(_ group: Int) -> Bool {
    guard let light else { return false }
    return !light.nodes.keys.contains { picture.nodes[$0].group == group }
  }

  private mutating func writeBox(_ index: Int) {
    let node = picture.nodes[index]
    let box = layout.boxes[index]
    var names = "rp-box rp-\(node.kind.rawValue)"
    if let state = light?.nodes[index] { names += " rp-\(state.rawValue)" }
    out += "<g class=\"\(names)\">"
    link(node.place) { svg in
      let isRound = node.kind == .request || node.kind == .answer || node.kind == .outcome
      svg.rectangle(box.rect, nil, corner: isRound ? box.rect.height / 2 : 5)
      svg.cut(to: box.rect, if: box.rows.contains { !Lettering.isCertain($0.text) }) { svg in
        for row in box.rows { svg.write(row, node.lines, "rp-title") }
      }
    }
    out += "</g>\n"
  }

  private mutating func write(
    _ row: PictureLayout.Row, _ lines: [PolicyPicture.Line], _ titleClass: String
  ) {
    switch row.kind {
    case .title(let number):
      var x = row.at.x
      if let number {
        text("\(number)", x, row.at.y, "rp-number")
        x += BoxText.numberWidth(number)
      }
      text(row.text, x, row.at.y, titleClass, whole: row.whole)
    case .line(let index, let isFirst):
      guard lines.indices.contains(index) else { return }
      write(row, lines[index], isFirst: isFirst)
    }
  }

  private mutating func write(
    _ row: PictureLayout.Row, _ line: PolicyPicture.Line, isFirst: Bool
  ) {
    let indent = row.text.prefix { $0 == " " }.count
    let x =
      row.at.x + Lettering.width(String(repeating: " ", count: indent), size: Lettering.lineSize)
    text(
      String(row.text.dropFirst(indent)), x, row.at.y, "rp-\(line.kind.rawValue)",
      whole: row.whole, hasKeyword: isFirst && Self.hasKeyword(line))
  }

  /// Whether the line starts with a word of the language that says what it does.
  private static func hasKeyword(_ line: PolicyPicture.Line) -> Bool {
    switch line.kind {
    case .effect, .use, .refuse: line.text.contains(" ")
    case .condition: line.text.hasPrefix("when ") || line.text.hasPrefix("accept ")
    case .option, .origin, .observed: false
    }
  }

  private mutating func text(
    _ text: String, _ x: Int, _ y: Int, _ name: String, whole: String? = nil,
    hasKeyword: Bool = false
  ) {
    out += "<text x=\"\(x)\" y=\"\(y)\" class=\"\(name)\""
    out += ">"
    if let whole { out += "<title>\(PageText.escaped(whole))</title>" }
    if hasKeyword, let space = text.firstIndex(of: " ") {
      out += "<tspan class=\"rp-word\">\(PageText.escaped(String(text[..<space])))</tspan>"
      out += PageText.escaped(String(text[space...]))
    } else {
      out += PageText.escaped(text)
    }
    out += "</text>"
  }

  private mutating func rectangle(_ rect: PictureRect, _ name: String?, corner: Int) {
    let style = name.map { " class=\"\($0)\"" } ?? ""
    out += "<rect x=\"\(rect.x)\" y=\"\(rect.y)\" width=\"\(rect.width)\" "
    out += "height=\"\(rect.height)\" rx=\"\(corner)\"\(style)/>"
  }

  /// Text in a script whose width is a guess is cut off at the edge of its box.
  private mutating func cut(
    to rect: PictureRect, if isNeeded: Bool, _ content: (inout PictureSVG) -> Void
  ) {
    if isNeeded {
      let size = "width=\"\(rect.width)\" height=\"\(rect.height)\""
      out += "<svg x=\"\(rect.x)\" y=\"\(rect.y)\" \(size) "
      out += "viewBox=\"\(rect.x) \(rect.y) \(rect.width) \(rect.height)\">"
    }
    content(&self)
    if isNeeded { out += "</svg>" }
  }

  private mutating func link(
    _ place: PolicyPicture.Place?, _ content: (inout PictureSVG) -> Void
  ) {
    let target = place.flatMap(linking)
    if let target { out += "<a href=\"\(PageText.escaped(target))\">" }
    content(&self)
    if target != nil { out += "</a>" }
  }
}

// MARK: Arrows

extension PictureSVG {
  /// Unlit strokes first.
  private func rank(_ edge: Int) -> Int {
    switch light?.edges[edge] {
    case nil: 0
    case .dropped: 1
    case .next: 2
    case .passed: 3
    case .lit: 4
    }
  }

  private func names(of edge: Int) -> String {
    let state = light?.edges[edge].map { " rp-\($0.rawValue)" } ?? ""
    return "rp-arrow rp-\(picture.edges[edge].kind.rawValue)" + state
  }

  private mutating func writeStrokes(of index: Int) {
    let points = layout.arrows[index].points
    guard let last = points.last, points.count > 1 else { return }
    let before = points[points.count - 2]
    let path = points.map { "\($0.x),\($0.y)" }.joined(separator: " ")
    out += "<g class=\"\(names(of: index))\"><polyline points=\"\(path)\"/>"
    let head =
      last.y == before.y
      ? "\(last.x - 7),\(last.y - 4) \(last.x),\(last.y) \(last.x - 7),\(last.y + 4)"
      : "\(last.x - 4),\(last.y - 7) \(last.x),\(last.y) \(last.x + 4),\(last.y - 7)"
    out += "<polygon points=\"\(head)\"/></g>\n"
  }

  private mutating func writeLabel(of index: Int) {
    guard let label = layout.arrows[index].label else { return }
    out += "<g class=\"\(names(of: index))\">"
    cut(to: label.rect, if: !Lettering.isCertain(label.text)) { svg in
      svg.text(
        label.text, label.rect.x, label.rect.y + 11, "rp-label", whole: label.whole)
    }
    out += "</g>\n"
  }
}
