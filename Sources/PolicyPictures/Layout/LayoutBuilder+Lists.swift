import ReportPages

// What stands in columns of its own: the tasks, the declarations, the routes with what they do.
extension LayoutBuilder {
  static let branchIndent = 30
  static let labelHeight = 15
  static let frameTitle = 26

  /// The request, and the tasks below it.
  mutating func placeHead() {
    for (index, node) in picture.nodes.enumerated() where node.kind == .request {
      place(index, x: left.x, y: left.bottom, width: BoxText.naturalWidth(node))
      left.bottom = layout.boxes[index].rect.bottom
    }
    for group in groups([.tasks]) {
      left.bottom += Self.arrowGap
      left.bottom = placePanel(group, in: left, gap: Self.arrowGap)
    }
  }

  /// A frame with its boxes one below the other; the frame's bottom.
  mutating func placePanel(_ group: Int, in column: Column, gap: Int = boxGap) -> Int {
    let top = column.bottom
    var y = top + Self.frameTitle
    for node in members[group] {
      let width = column.width - 2 * Self.framePadding
      place(node, x: column.x + Self.framePadding, y: y, width: width)
      y = layout.boxes[node].rect.bottom + gap
    }
    let bottom = y - gap + Self.framePadding
    let rect = PictureRect(x: column.x, y: top, width: column.width, height: bottom - top)
    addFrame(group, rect)
    return bottom
  }

  mutating func addFrame(_ group: Int, _ rect: PictureRect) {
    let title = picture.groups[group].title
    let room = rect.width - 2 * Self.framePadding
    let fits = Lettering.width(title, size: Lettering.labelSize) <= room
    let text = fits ? title : TextWrap.shortened(title, width: room, size: Lettering.labelSize)
    let row = PictureLayout.Row(
      kind: .title(number: nil), text: text,
      at: PicturePoint(rect.x + Self.framePadding, rect.y + 17),
      width: Lettering.width(text, size: Lettering.labelSize), whole: fits ? nil : title)
    layout.frames.append(PictureLayout.Frame(group: group, rect: rect, rows: [row]))
  }

  /// Each route on a row of its own, what it does beside it.
  mutating func placeRoutes() {
    let hasPanels = middle.bottom > Self.margin
    var y = max(left.bottom + Self.arrowGap + 6, hasPanels ? middle.bottom + Self.boxGap : 0)
    for (index, node) in picture.nodes.enumerated() where node.kind == .route {
      place(index, x: left.x, y: y, width: left.width)
      var bottom = layout.boxes[index].rect.bottom
      if let action = actions[index] {
        bottom = max(bottom, placeTree(action, x: middle.x, y: y))
      }
      left.bottom = layout.boxes[index].rect.bottom
      middle.bottom = max(middle.bottom, bottom)
      y = bottom + Self.arrowGap
    }
  }

  /// A box with its branches below it, indented; the bottom of the last.
  private mutating func placeTree(_ node: Int, x: Int, y: Int) -> Int {
    place(node, x: x, y: y, width: middle.edge - x)
    var bottom = layout.boxes[node].rect.bottom
    for branch in branches[node] {
      let label = picture.edges[branch.edge].label
      bottom += label.isEmpty ? Self.boxGap : Self.boxGap / 2 + Self.labelHeight
      bottom = placeTree(branch.node, x: x + Self.branchIndent, y: bottom)
    }
    return bottom
  }
}
