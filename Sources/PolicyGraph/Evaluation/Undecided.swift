import PolicySemantics

extension DecisionGraph {
  /// The classifier an unknown condition hangs on: the first one written that still matters.
  ///
  /// From the root down, always into the first unknown child: a task stands for the first task
  /// condition that is unknown, points for the first line that is unknown and weighs something. So
  /// a classifier in a part that is already settled is never asked.
  ///
  /// Nil only where a text could not be scanned.
  func undecided(
    at root: UInt32, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> ClassifierID? {
    var at = root
    while true {
      let node = parts.nodes[Int(at)]
      switch node.kind {
      case .not:
        at += 1
      case .all, .any, .points, .tasks, .root:
        guard let child = firstUnknownChild(of: at, &facts, &scratch) else { return nil }
        at = child
      case .piece:
        at = parts.pieces[Int(node.operand)]
      case .atom:
        let atom = parts.atoms[Int(node.operand)]
        if atom.operation == .classifier {
          return ClassifierID(Int(atom.source) - parts.slots.factCount)
        }
        guard let shared = sharedRoot(of: atom) else { return nil }
        at = shared
      }
    }
  }

  /// The `points` or `tasks` node an atom reads.
  func sharedRoot(of atom: Atom) -> UInt32? {
    switch atom.operation {
    case .task: parts.tasksRoot
    case .points: parts.pointsRoots[Int(atom.source)]
    case .within, .outside, .inMask, .inList, .lateWithin, .lateOutside, .lateInList,
      .classifier, .scanned:
      nil
    }
  }

  private func firstUnknownChild(
    of at: UInt32, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> UInt32? {
    let node = parts.nodes[Int(at)]
    var child = at + 1
    var line = 0
    while child < node.end {
      let matters = node.kind != .points || parts.weights[Int(node.operand)][line] != 0
      if matters, evaluate(child, &facts, &scratch) == .unknown { return child }
      child = parts.nodes[Int(child)].end
      line += 1
    }
    return nil
  }
}
