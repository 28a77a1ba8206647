import ReportPages

// Ladders: tiers one above the other in reading order, and a rail on the right on which answers
// leave.
extension LayoutBuilder {
  /// From a tier's right edge to the rail: room for `any answer`.
  private static let railDistance = 84
  /// From the rail to the frame: half of the answer's box.
  private static let railMargin = 44

  func ladderWidth(_ group: Int) -> Int {
    let tiers = members[group].map { node in
      switch picture.nodes[node].kind {
      case .answer: 0
      case .request, .task, .condition, .points, .classifier, .compress, .gate, .budget, .guarding,
        .route, .action, .refusal, .arm, .fallback, .tier, .outcome:
        min(BoxText.naturalWidth(picture.nodes[node]), 280)
      }
    }
    let head = picture.groups[group]
    let texts =
      head.lines.map { Lettering.width($0.text, size: Lettering.lineSize) } + [
        Lettering.width(head.title, size: Lettering.titleSize)
      ]
    let inside = (tiers.max() ?? 0) + Self.railDistance + Self.railMargin
    return max(inside, min(texts.max() ?? 0, 380)) + 2 * Self.framePadding
  }

  /// Each ladder beside the first route that uses it, or below the ladder before.
  mutating func placeLadders() {
    var firstUse: [Int: Int] = [:]
    for edge in picture.edges {
      guard case .group(let group) = edge.to, case .node(let node) = edge.from,
        picture.groups[group].kind == .ladder
      else { continue }
      let y = layout.boxes[node].rect.y
      firstUse[group] = min(firstUse[group] ?? y, y)
    }
    let order = groups([.ladder]).sorted {
      (firstUse[$0] ?? .max, $0) < (firstUse[$1] ?? .max, $1)
    }
    for group in order {
      let top = max(right.bottom, firstUse[group] ?? right.bottom)
      right.bottom = placeLadder(group, top: top) + 2 * Self.boxGap
    }
  }

  private mutating func placeLadder(_ group: Int, top: Int) -> Int {
    let x = right.x + Self.framePadding
    let width = right.width - 2 * Self.framePadding - Self.railDistance - Self.railMargin
    let head = BoxText(
      title: picture.groups[group].title, number: nil, lines: picture.groups[group].lines,
      width: right.width)
    var y = top + head.height - 2
    var answer: Int?
    for node in members[group] {
      switch picture.nodes[node].kind {
      case .answer: answer = node
      case .request, .task, .condition, .points, .classifier, .compress, .gate, .budget, .guarding,
        .route, .action, .refusal, .arm, .fallback, .tier, .outcome:
        place(node, x: x, y: y, width: width)
        y = layout.boxes[node].rect.bottom + Self.arrowGap
      }
    }
    var bottom = y - Self.arrowGap
    if let answer {
      bottom = placeAnswer(answer, below: bottom, rail: x + width + Self.railDistance, group)
    }
    let rect = PictureRect(
      x: right.x, y: top, width: right.width, height: bottom + Self.framePadding - top)
    layout.frames.append(
      PictureLayout.Frame(group: group, rect: rect, rows: head.rows(x: right.x, y: top)))
    return rect.bottom
  }

  /// At the foot of the rail: level with the outcome if there is one, else below the last tier.
  private mutating func placeAnswer(
    _ answer: Int, below bottom: Int, rail: Int, _ group: Int
  ) -> Int {
    let width = min(BoxText.naturalWidth(picture.nodes[answer]), 2 * Self.railMargin)
    let height = BoxText(picture.nodes[answer], width: width).height
    let last = members[group].last { $0 != answer }
    let isOutcome = last.map { picture.nodes[$0].kind == .outcome } ?? false
    let y = isOutcome ? bottom - height : bottom - 4
    place(answer, x: rail - width / 2, y: y, width: width)
    return max(bottom, y + height)
  }
}
