import ReportPages

/// Places one picture; each step fills the layout further.
struct LayoutBuilder {
  let picture: PolicyPicture
  var layout = PictureLayout()
  /// Nodes of each group, in order.
  let members: [[Int]]
  /// Fallbacks and arms under each node, with the edge that leads there.
  let branches: [[(edge: Int, node: Int)]]
  /// The box a route leads to.
  let actions: [Int?]
  var left = Column()
  var middle = Column()
  var right = Column()

  /// A column of boxes: where it starts, how wide it is, how far down it is filled.
  struct Column {
    var x = 0
    var width = 0
    var bottom = LayoutBuilder.margin
    var edge: Int { x + width }
  }

  static let margin = 24
  /// Between the route and what it does, for `yes`.
  static let passage = 60
  static let framePadding = 12
  /// Room for an arrow and its label between two boxes of a list.
  static let arrowGap = 26
  static let boxGap = 8

  init(_ picture: PolicyPicture) {
    self.picture = picture
    var members = [[Int]](repeating: [], count: picture.groups.count)
    for (index, node) in picture.nodes.enumerated() {
      if let group = node.group, members.indices.contains(group) { members[group].append(index) }
    }
    self.members = members
    var branches = [[(edge: Int, node: Int)]](repeating: [], count: picture.nodes.count)
    var actions = [Int?](repeating: nil, count: picture.nodes.count)
    for (index, edge) in picture.edges.enumerated() {
      guard case .node(let from) = edge.from, case .node(let to) = edge.to else { continue }
      switch edge.kind {
      case .fallback, .share: branches[from].append((index, to))
      case .yes: actions[from] = to
      case .start, .no, .ladder, .shadow, .climb, .accept, .exhausted: break
      }
    }
    self.branches = branches
    self.actions = actions
  }

  mutating func laidOut() -> PictureLayout {
    let nothing = PictureRect(x: 0, y: 0, width: 0, height: 0)
    layout.boxes = picture.nodes.map { _ in PictureLayout.Box(rect: nothing, rows: []) }
    layout.arrows = picture.edges.map { _ in PictureLayout.Arrow(points: []) }
    let panels = dealtPanels()
    measureColumns(panels)
    placeHead()
    for panel in panels.middle { middle.bottom = placePanel(panel, in: middle) + 2 * Self.boxGap }
    for panel in panels.right { right.bottom = placePanel(panel, in: right) + 2 * Self.boxGap }
    placeRoutes()
    placeLadders()
    let tracks = planTracks()
    drawArrows()
    drawLadderArrows(tracks)
    layout.width = max(left.edge, middle.edge, right.edge) + Self.margin
    layout.height = max(left.bottom, middle.bottom, right.bottom) + Self.margin
    return layout
  }

  func groups(_ kinds: Set<PolicyPicture.Group.Kind>) -> [Int] {
    picture.groups.indices.filter { kinds.contains(picture.groups[$0].kind) }
  }

  /// Puts a node's box somewhere and its text into it.
  mutating func place(_ node: Int, x: Int, y: Int, width: Int) {
    let text = BoxText(picture.nodes[node], width: width)
    layout.boxes[node].rect = PictureRect(x: x, y: y, width: width, height: text.height)
    layout.boxes[node].rows = text.rows(x: x, y: y)
  }
}

// MARK: Columns

extension LayoutBuilder {
  typealias Panels = (middle: [Int], right: [Int])

  /// Declarations beside the routes go where there is less of them already.
  private func dealtPanels() -> Panels {
    let kinds: [PolicyPicture.Group.Kind] = [
      .guards, .budgets, .conditions, .gates, .points, .compressions, .classifiers,
    ]
    var panels: Panels = ([], [])
    var heights = (middle: 0, right: 0)
    for group in kinds.flatMap({ groups([$0]) }) {
      let text = BoxText.widest
      let height = members[group].reduce(30) { height, node in
        height + BoxText(picture.nodes[node], width: text).height + Self.boxGap
      }
      if heights.middle <= heights.right {
        panels.middle.append(group)
        heights.middle += height
      } else {
        panels.right.append(group)
        heights.right += height
      }
    }
    return panels
  }

  private mutating func measureColumns(_ panels: Panels) {
    left.x = Self.margin
    for (index, node) in picture.nodes.enumerated()
    where node.kind == .route || node.kind == .request {
      left.width = max(left.width, BoxText.naturalWidth(node))
      if let action = actions[index] { middle.width = max(middle.width, treeWidth(action)) }
    }
    for group in groups([.tasks]) { left.width = max(left.width, panelWidth(group)) }
    for group in panels.middle { middle.width = max(middle.width, panelWidth(group)) }
    for group in panels.right { right.width = max(right.width, panelWidth(group)) }
    for group in groups([.ladder]) { right.width = max(right.width, ladderWidth(group)) }
    middle.x = left.edge + Self.passage
    right.x = middle.edge + Self.gutterWidth
  }

  private func panelWidth(_ group: Int) -> Int {
    let inside = members[group].map { BoxText.naturalWidth(picture.nodes[$0]) }.max() ?? 0
    let title = Lettering.width(picture.groups[group].title, size: Lettering.labelSize)
    return max(inside, title) + 2 * Self.framePadding
  }

  /// A box and everything that hangs below it.
  private func treeWidth(_ node: Int) -> Int {
    var width = BoxText.naturalWidth(picture.nodes[node])
    for branch in branches[node] {
      let label = Lettering.width(picture.edges[branch.edge].label, size: Lettering.labelSize)
      let below = max(treeWidth(branch.node), min(label, BoxText.widest))
      width = max(width, Self.branchIndent + below)
    }
    return width
  }
}
