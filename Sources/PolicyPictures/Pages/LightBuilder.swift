import PolicyExplain

/// Finds the boxes and arrows an explanation speaks of, by the places in the policy both name.
///
/// Decides nothing: what was taken, asked and dropped is read from the explanation.
struct LightBuilder {
  private(set) var picture: PolicyPicture
  private(set) var light = PictureLight()
  private let explanation: Explanation
  private let words: ExplanationWords
  /// Boxes by the start of what wrote them, and by the start of each of their lines.
  private var byPlace: [Start: [Int]] = [:]

  private struct Start: Hashable {
    let path: String
    let line: Int
    let column: Int
  }

  init(_ picture: PolicyPicture, _ explanation: Explanation) {
    self.picture = picture
    self.explanation = explanation
    words = ExplanationWords(currency: explanation.currency)
    for (index, node) in picture.nodes.enumerated() {
      for place in [node.place] + node.lines.map(\.place) {
        guard let place else { continue }
        let start = Start(path: place.path, line: place.line, column: place.column)
        if byPlace[start]?.last != index { byPlace[start, default: []].append(index) }
      }
    }
  }

  /// The picture with what the request showed written into its boxes, and its light.
  mutating func build() -> (picture: PolicyPicture, light: PictureLight) {
    for (index, node) in picture.nodes.enumerated() where node.kind == .request {
      light.nodes[index] = .lit
    }
    lightTask()
    lightRoutes()
    lightCalls()
    lightRefusal()
    lightBudgets()
    lightEdges()
    return (picture, light)
  }

  // MARK: Boxes

  private func nodes(
    at place: Explanation.Place?, _ kinds: Set<PolicyPicture.Node.Kind>
  ) -> [Int] {
    guard let place else { return [] }
    let start = Start(path: place.path, line: place.line, column: place.column)
    return (byPlace[start] ?? []).filter { kinds.contains(picture.nodes[$0].kind) }
  }

  private mutating func mark(_ node: Int, _ state: PictureLight.State, note: String? = nil) {
    light.nodes[node] = state
    guard let note, !note.isEmpty else { return }
    let line = PolicyPicture.Line(.observed, note)
    if !picture.nodes[node].lines.contains(line) { picture.nodes[node].lines.append(line) }
  }

  private mutating func lightTask() {
    guard let task = explanation.task, let taken = nodes(at: task.place, [.task]).first else {
      return
    }
    for (index, node) in picture.nodes.enumerated() where node.kind == .task && index < taken {
      mark(index, .passed)
    }
    mark(taken, .lit, note: task.why.first.map(\.observed))
  }

  private mutating func lightRoutes() {
    for missed in explanation.missed {
      for node in nodes(at: missed.place, [.route]) {
        mark(node, .passed, note: missed.failed.observed)
      }
    }
    guard let route = explanation.route else { return }
    for node in nodes(at: route.place, [.route]) {
      mark(node, .lit, note: route.why.first.map(\.observed))
      guard isServed else { continue }
      for edge in picture.edges where edge.from == .node(node) && edge.kind == .yes {
        if case .node(let action) = edge.to { mark(action, .lit) }
      }
    }
    if let arm = explanation.arm {
      for node in nodes(at: arm.place, [.arm]) { mark(node, .lit) }
    }
  }

  /// Whether it is the route that decided: it may be known and a guard or a budget refuse.
  private var isServed: Bool {
    switch explanation.outcome {
    case .route: true
    case .refused(_, let code): code == "route" || code == "no_call_left"
    case .needs: false
    }
  }

  private mutating func lightCalls() {
    var hasStarted = false
    for call in explanation.calls where call.isAnswering && isServed {
      let found = nodes(at: call.place, [.tier, .action, .arm, .fallback])
      if let dropped = call.dropped {
        // The box of a route stays lit if its own call is the one that is dropped.
        for node in found {
          let state = light.nodes[node] == .lit ? PictureLight.State.lit : .dropped
          mark(node, state, note: "dropped: \(dropped.text)")
        }
        continue
      }
      for node in found {
        let isTaken = !hasStarted || light.nodes[node] == .lit
        mark(node, isTaken ? .lit : .next, note: words.range(call.cost))
      }
      hasStarted = true
    }
    lightNamedLadders()
  }

  /// A fallback that names a ladder follows if one of its tiers does.
  private mutating func lightNamedLadders() {
    for edge in picture.edges where edge.kind == .ladder {
      guard case .node(let from) = edge.from, case .group(let group) = edge.to,
        light.nodes[from] == nil, hasLightAbove(from)
      else { continue }
      let tiers = picture.nodes.indices.filter { picture.nodes[$0].group == group }
      let states = Set(tiers.compactMap { light.nodes[$0] })
      if !states.isEmpty { light.nodes[from] = states == [.dropped] ? .dropped : .next }
    }
  }

  private func hasLightAbove(_ node: Int) -> Bool {
    picture.edges.contains { edge in
      guard edge.to == .node(node), case .node(let above) = edge.from else { return false }
      return light.nodes[above] != nil
    }
  }

  private mutating func lightRefusal() {
    for call in explanation.calls {
      for node in nodes(at: call.dropped?.place, [.guarding]) { mark(node, .lit) }
    }
    switch explanation.outcome {
    case .route: break
    case .refused(let statement, _):
      for node in nodes(at: statement.place, [.guarding, .budget, .refusal]) { mark(node, .lit) }
    case .needs(_, let method, _):
      for node in nodes(at: method.place, [.classifier]) { mark(node, .lit) }
    }
  }

  private mutating func lightBudgets() {
    for budget in explanation.budgets {
      for node in nodes(at: budget.place, [.budget]) {
        mark(node, budget.isSpent ? .lit : .passed, note: budget.text)
      }
    }
  }
}

// MARK: Arrows

extension LightBuilder {
  private mutating func lightEdges() {
    // Answers and outcomes of a ladder have the light of the tiers that lead there.
    for edge in picture.edges where edge.kind == .accept || edge.kind == .exhausted {
      guard case .node(let from) = edge.from, case .node(let to) = edge.to,
        let state = light.nodes[from], state != .dropped
      else { continue }
      let isLit = state == .lit && edge.kind == .accept || light.nodes[to] == .lit
      light.nodes[to] = isLit ? .lit : .next
    }
    for (index, edge) in picture.edges.enumerated() {
      light.edges[index] = state(of: edge)
    }
  }

  private func state(of edge: PolicyPicture.Edge) -> PictureLight.State? {
    switch edge.kind {
    case .start: explanation.route != nil || !explanation.missed.isEmpty ? .passed : nil
    case .no: state(of: edge.from) == .passed ? .passed : nil
    case .yes: state(of: edge.from) == .lit && state(of: edge.to) == .lit ? .lit : nil
    case .share, .fallback: state(of: edge.from) == nil ? nil : state(of: edge.to)
    case .ladder:
      state(of: edge.from) == .lit ? .lit : state(of: edge.from) == .next ? .next : nil
    case .shadow: nil
    case .climb, .exhausted:
      state(of: edge.from) == nil || state(of: edge.to) == nil ? nil : .next
    case .accept: state(of: edge.from) == .lit ? .lit : state(of: edge.from) == .next ? .next : nil
    }
  }

  private func state(of end: PolicyPicture.End) -> PictureLight.State? {
    switch end {
    case .node(let node): light.nodes[node]
    case .group: nil
    }
  }
}
