import ReportPages

// Arrows between boxes that have their places.
extension LayoutBuilder {
  /// How far from the left of a box arrows down a list leave it.
  private static let spine = 24
  private static let trunk = 14

  mutating func drawArrows() {
    for (index, edge) in picture.edges.enumerated() {
      guard let from = rect(of: edge.from), let to = rect(of: edge.to) else { continue }
      layout.arrows[index] =
        switch edge.kind {
        case .start, .no: spineArrow(edge, from, to)
        case .climb, .exhausted: downArrow(edge.label, x: from.x + Self.spine, from, to)
        case .yes: yesArrow(edge, from, to)
        case .fallback, .share: branchArrow(edge, from, to)
        case .accept: acceptArrow(edge, from, to)
        case .ladder, .shadow: PictureLayout.Arrow(points: [])
        }
    }
  }

  func rect(of end: PolicyPicture.End) -> PictureRect? {
    switch end {
    case .node(let node): layout.boxes[node].rect
    case .group(let group): layout.frames.first { $0.group == group }?.rect
    }
  }

  /// All arrows of the left column stand on one line, in and out of frames.
  private func spineArrow(
    _ edge: PolicyPicture.Edge, _ from: PictureRect, _ to: PictureRect
  ) -> PictureLayout.Arrow {
    downArrow(edge.label, x: left.x + Self.spine, from, to)
  }

  private func downArrow(
    _ text: String, x: Int, _ from: PictureRect, _ to: PictureRect
  ) -> PictureLayout.Arrow {
    let points = [PicturePoint(x, from.bottom), PicturePoint(x, to.y)]
    // Near the start, where the eye leaves the box.
    return PictureLayout.Arrow(
      points: points,
      label: label(text, x: x + 7, y: from.bottom + 4, room: min(from.right, to.right) - x - 7))
  }

  private func yesArrow(
    _ edge: PolicyPicture.Edge, _ from: PictureRect, _ to: PictureRect
  ) -> PictureLayout.Arrow {
    let y = from.y + 17
    let room = Self.passage - 12
    let width = min(room, Lettering.width(edge.label, size: Lettering.labelSize))
    let middle = (from.right + to.x - width) / 2 - 3
    return PictureLayout.Arrow(
      points: [PicturePoint(from.right, y), PicturePoint(to.x, y)],
      label: label(edge.label, x: middle, y: y - Self.labelHeight - 2, room: room))
  }

  /// Down from the box above, then right into this one; the label on top of it.
  private func branchArrow(
    _ edge: PolicyPicture.Edge, _ from: PictureRect, _ to: PictureRect
  ) -> PictureLayout.Arrow {
    let x = from.x + Self.trunk
    let y = to.y + min(17, to.height / 2)
    return PictureLayout.Arrow(
      points: [PicturePoint(x, from.bottom), PicturePoint(x, y), PicturePoint(to.x, y)],
      label: label(edge.label, x: to.x, y: to.y - Self.labelHeight - 1, room: to.width))
  }

  /// Right to the rail and down it; from an outcome straight into the answer.
  private func acceptArrow(
    _ edge: PolicyPicture.Edge, _ from: PictureRect, _ to: PictureRect
  ) -> PictureLayout.Arrow {
    if case .node(let node) = edge.from, picture.nodes[node].kind == .outcome {
      let y = from.y + from.height / 2
      return PictureLayout.Arrow(points: [PicturePoint(from.right, y), PicturePoint(to.x, y)])
    }
    let y = from.y + 17
    let rail = to.x + to.width / 2
    return PictureLayout.Arrow(
      points: [PicturePoint(from.right, y), PicturePoint(rail, y), PicturePoint(rail, to.y)],
      label: label(
        edge.label, x: from.right + 6, y: y - Self.labelHeight - 2, room: rail - from.right - 8))
  }

  /// At most `room` wide, cut short if it must be.
  private func label(_ text: String, x: Int, y: Int, room: Int) -> PictureLayout.Label? {
    guard !text.isEmpty else { return nil }
    let size = Lettering.labelSize
    let fits = Lettering.width(text, size: size) <= room
    let shown = fits ? text : TextWrap.shortened(text, width: room, size: size)
    let width = Lettering.width(shown, size: size)
    return PictureLayout.Label(
      text: shown, rect: PictureRect(x: x, y: y, width: width, height: Self.labelHeight),
      whole: fits ? nil : text)
  }
}
