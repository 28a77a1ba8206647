import PolicySemantics

extension DecisionGraph {
  /// How many tests of a condition would have to turn out otherwise for it to hold.
  ///
  /// Zero if it holds. Tests are counted one by one, as if each could turn without the others; what
  /// hangs on an unanswered classifier counts as one.
  ///
  /// - Complexity: O(nodes² of the condition); for explanations.
  package func distance(
    from site: ConditionSite, _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> Int {
    guard let root = root(of: site) else { return 0 }
    scratch.startRound()
    return turns(UInt32(root.index), to: .yes, &facts, &scratch)
  }

  private func turns(
    _ at: UInt32, to wanted: Truth, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> Int {
    if evaluate(at, &facts, &scratch) == wanted { return 0 }
    let node = parts.nodes[Int(at)]
    switch node.kind {
    case .atom, .points, .tasks, .root:
      return 1
    case .piece:
      return turns(parts.pieces[Int(node.operand)], to: wanted, &facts, &scratch)
    case .not:
      return turns(at + 1, to: wanted.negated, &facts, &scratch)
    case .all, .any:
      // `and` holds when all its parts do, `or` when one does; to fail it is the other way round.
      let all = (node.kind == .all) == (wanted == .yes)
      var sum = 0
      var least = Int.max
      for child in children(of: NodeID(Int(at))) {
        let count = turns(UInt32(child.index), to: wanted, &facts, &scratch)
        sum += count
        least = min(least, count)
      }
      return all ? sum : least
    }
  }
}
