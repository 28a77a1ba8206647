/// The characters a pattern spells at its ends: what may stand beside an assertion in it.
struct RegexEdge {
  var scalars: [Unicode.Scalar] = []
  /// Whether nothing may be taken, so that what follows shows through.
  var isOpen = false

  static let outside = RegexEdge(isOpen: true)

  /// What stands beside when `farther` comes behind this.
  func reaching(_ farther: RegexEdge) -> RegexEdge {
    guard isOpen else { return self }
    return RegexEdge(scalars: scalars + farther.scalars, isOpen: farther.isOpen)
  }
}

extension RegexNode {
  enum Side { case first, last }

  func edge(_ side: Side) -> RegexEdge {
    switch self {
    case .literal(let scalar, _): return RegexEdge(scalars: [scalar])
    case .set(let set, _): return RegexEdge(scalars: set.spelled)
    case .assertion: return RegexEdge(isOpen: true)
    case .repeated(let part, let least, _):
      var edge = part.edge(side)
      edge.isOpen = edge.isOpen || least == 0
      return edge
    case .choice(let parts):
      var all = RegexEdge()
      for edge in parts.map({ $0.edge(side) }) {
        all.scalars += edge.scalars
        all.isOpen = all.isOpen || edge.isOpen
      }
      return all
    case .sequence(let parts):
      var reached = RegexEdge(isOpen: true)
      for part in side == .first ? parts : parts.reversed() {
        guard reached.isOpen else { break }
        reached = reached.reaching(part.edge(side))
      }
      return reached
    }
  }

  /// Every part of the pattern that is not made of others, with what may stand before and behind it.
  func visit(
    before: RegexEdge = .outside, behind: RegexEdge = .outside,
    _ body: (RegexNode, _ before: RegexEdge, _ behind: RegexEdge) -> Void
  ) {
    switch self {
    case .literal, .set, .assertion: body(self, before, behind)
    case .repeated(let part, _, _): part.visit(before: before, behind: behind, body)
    case .choice(let parts):
      for part in parts { part.visit(before: before, behind: behind, body) }
    case .sequence(let parts):
      var behinds = [RegexEdge](repeating: behind, count: parts.count)
      for index in parts.indices.dropLast().reversed() {
        behinds[index] = parts[index + 1].edge(.first).reaching(behinds[index + 1])
      }
      var before = before
      for (part, behind) in zip(parts, behinds) {
        part.visit(before: before, behind: behind, body)
        before = part.edge(.last).reaching(before)
      }
    }
  }
}
