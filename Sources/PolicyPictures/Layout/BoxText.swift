import ReportPages

/// The text of a box, broken into rows for a width.
struct BoxText {
  private(set) var rows: [PictureLayout.Row] = []
  let height: Int

  static let padding = 10
  static let lineHeight = 16
  static let titleHeight = 18
  /// No box is wider than this asks for: a longer text wraps.
  static let widest = 356
  static let lineLimit = 8
  /// The height of a box that says nothing.
  static let least = 32

  /// `width` is that of the box in pixels, its padding included.
  init(_ node: PolicyPicture.Node, width: Int) {
    self.init(title: node.title, number: node.number, lines: node.lines, width: width)
  }

  init(title: String, number: Int?, lines: [PolicyPicture.Line], width: Int) {
    let inside = max(1, width - 2 * Self.padding)
    var y = Self.padding - 2
    if !title.isEmpty || number != nil {
      let room = inside - Self.numberWidth(number)
      let fits = Lettering.width(title, size: Lettering.titleSize) <= room
      let text =
        fits ? title : TextWrap.shortened(title, width: room, size: Lettering.titleSize)
      rows.append(
        PictureLayout.Row(
          kind: .title(number: number), text: text,
          at: PicturePoint(Self.padding, y + 13),
          width: Lettering.width(text, size: Lettering.titleSize) + Self.numberWidth(number),
          whole: fits ? nil : title))
      y += Self.titleHeight
    }
    for (index, line) in lines.enumerated() {
      let parts = TextWrap.lines(
        of: line.text, width: inside, size: Lettering.lineSize, limit: Self.lineLimit)
      let isCut = parts.last?.hasSuffix("…") == true && !line.text.hasSuffix("…")
      for (part, text) in parts.enumerated() {
        rows.append(
          PictureLayout.Row(
            kind: .line(index, isFirst: part == 0), text: text,
            at: PicturePoint(Self.padding, y + 12),
            width: Lettering.width(text, size: Lettering.lineSize),
            whole: isCut && part == parts.count - 1 ? line.text : nil))
        y += Self.lineHeight
      }
    }
    height = max(Self.least, y + Self.padding - 2)
  }

  /// The rows of a box whose corner is at these coordinates.
  func rows(x: Int, y: Int) -> [PictureLayout.Row] {
    rows.map { row in
      var moved = row
      moved.at.x += x
      moved.at.y += y
      return moved
    }
  }

  /// The width at which nothing wraps, up to ``widest``.
  static func naturalWidth(_ node: PolicyPicture.Node) -> Int {
    var width = Lettering.width(node.title, size: Lettering.titleSize) + numberWidth(node.number)
    for line in node.lines {
      width = max(width, Lettering.width(line.text, size: Lettering.lineSize))
    }
    return min(widest, max(48, width + 2 * padding))
  }

  /// Room for the number before a title.
  static func numberWidth(_ number: Int?) -> Int {
    number.map { Lettering.width("\($0)  ", size: Lettering.titleSize) } ?? 0
  }
}
