import PolicySemantics
import PolicySource
import PolicyUnits

// The routes in order, and what each does.
extension PictureBuilder {
  /// The first route's box.
  mutating func addRoutes() -> Int? {
    let group = addGroup(.routes, "routes: the first that holds")
    var first: Int?
    var previous: Int?
    for (index, route) in policy.routes.enumerated() {
      let id = "route.\(route.name)"
      let when = route.condition.map { _ in line(.condition, route.conditionSpan, prefix: "when ") }
      let node = add(
        PolicyPicture.Node(
          id: id, kind: .route, group: group, number: index + 1, title: route.name,
          lines: when.map { [$0] } ?? [], place: place(route.span)))
      if let previous {
        picture.edges.append(PolicyPicture.Edge(.no, "no", from: .node(previous), to: .node(node)))
      }
      let action = addAction(of: route, id: id, group)
      picture.edges.append(
        PolicyPicture.Edge(
          .yes, when == nil ? "" : "yes", from: .node(node), to: .node(action)))
      first = first ?? node
      previous = node
    }
    return first
  }

  private mutating func addAction(of route: CheckedRoute, id: String, _ group: Int) -> Int {
    switch route.action {
    case .use(let use):
      let lines = route.effects.map(line)
      let node = addUse(use, kind: .action, id: "\(id).use", lines: lines, group)
      addShadows(of: route, from: node)
      addFallbacks(of: use, id: id, from: node, group)
      return node
    case .refuse(_, let span):
      return add(
        PolicyPicture.Node(
          id: "\(id).refuse", kind: .refusal, group: group,
          lines: route.effects.map(line) + [line(.refuse, span)], place: place(span)))
    case .split(let split):
      let node = add(
        PolicyPicture.Node(
          id: "\(id).split", kind: .action, group: group,
          lines: route.effects.map(line)
            + [PolicyPicture.Line(.use, "split by \(name(of: split.by))", place(split.span))],
          place: place(split.span)))
      addShadows(of: route, from: node)
      for (index, arm) in split.arms.enumerated() {
        addArm(arm, number: index + 1, id: id, from: node, group)
      }
      return node
    }
  }

  private mutating func addArm(
    _ arm: CheckedSplit.Arm, number: Int, id: String, from split: Int, _ group: Int
  ) {
    // An arm without a name of its own is known by its place.
    let isNamed = arm.name != "arm_\(number)"
    let share = Amounts.text(arm.share) + (isNamed ? " \(arm.name)" : "")
    let id = "\(id).\(arm.name)"
    let node = addUse(
      arm.use, kind: .arm, id: id, lines: arm.shapes.map { line(.effect, $0.span) }, group)
    picture.edges.append(PolicyPicture.Edge(.share, share, from: .node(split), to: .node(node)))
    addFallbacks(of: arm.use, id: id, from: node, group)
  }

  /// A box that ends in a `use`, with an arrow to the ladder it names.
  private mutating func addUse(
    _ use: CheckedUse, kind: PolicyPicture.Node.Kind, id: String, lines: [PolicyPicture.Line],
    _ group: Int
  ) -> Int {
    addTarget(use.target, "use ", kind: kind, id: id, lines: lines, group)
  }

  private mutating func addTarget(
    _ target: CheckedTarget, _ keyword: String, kind: PolicyPicture.Node.Kind, id: String,
    lines: [PolicyPicture.Line], _ group: Int
  ) -> Int {
    let lines = lines + [line(.use, target.span, prefix: keyword)]
    let node = add(
      PolicyPicture.Node(
        id: id, kind: kind, group: group, lines: lines, place: place(target.span)))
    connect(node, line: lines.count - 1, .ladder, to: target)
    return node
  }

  private mutating func addFallbacks(
    of use: CheckedUse, id: String, from node: Int, _ group: Int
  ) {
    for (index, fallback) in use.fallbacks.enumerated() {
      let next = addTarget(
        fallback.target, "", kind: .fallback, id: "\(id).fallback.\(index + 1)", lines: [], group)
      picture.edges.append(
        PolicyPicture.Edge(
          .fallback, label(of: fallback), from: .node(node), to: .node(next)))
    }
  }

  private func label(of fallback: CheckedUse.Fallback) -> String {
    let bare: Set<CallFailure> = [.unavailable, .limited, .tooLong]
    if fallback.follows == bare { return "fallback" }
    let failures = CallFailure.allCases.filter(fallback.follows.contains).map(\.rawValue)
    return "fallback on " + failures.joined(separator: ", ")
  }

  private mutating func addShadows(of route: CheckedRoute, from node: Int) {
    for (index, effect) in route.effects.enumerated() {
      guard case .shadow(_, let target) = effect else { continue }
      connect(node, line: index, .shadow, to: target)
    }
  }

  private mutating func connect(
    _ node: Int, line: Int, _ kind: PolicyPicture.Edge.Kind, to target: CheckedTarget
  ) {
    guard case .ladder(let id) = target.kind, ladders.indices.contains(id.index) else { return }
    picture.edges.append(
      PolicyPicture.Edge(kind, from: .node(node), line: line, to: .group(ladders[id.index])))
  }

  private func line(_ effect: CheckedRoute.Effect) -> PolicyPicture.Line {
    switch effect {
    case .cache(let rule): line(.effect, rule.span)
    case .shape(let rule): line(.effect, rule.span)
    case .compress(_, let span), .batch(_, _, let span), .stick(_, let span): line(.effect, span)
    case .stop(let rule): line(.effect, rule.span)
    case .shadow(let share, let target):
      line(.effect, target.span, prefix: "shadow \(Amounts.text(share)) use ")
    }
  }

  private func name(of key: CheckedSplit.Key) -> String {
    switch key {
    case .identity(let identity): identity.rawValue
    case .request: "request"
    }
  }
}
