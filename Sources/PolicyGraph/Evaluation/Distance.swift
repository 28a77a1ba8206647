import PolicySemantics

extension DecisionGraph {
  /// How many tests of a condition would have to turn out otherwise for it to hold.
  ///
  /// Zero if it holds. Tests are counted one by one, as if each could turn without the others; what
  /// hangs on an unanswered classifier counts as one.
  ///
  /// - Complexity: O(nodes² of the condition and of those it names); for explanations.
  package func distance(
    from site: ConditionSite, _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> Int {
    guard let root = root(of: site) else { return 0 }
    scratch.startRound()
    var named: [NamedTurn: Int] = [:]
    return turns(UInt32(root.index), to: .yes, &named, &facts, &scratch)
  }

  /// A named condition that is to turn out one way: it may be read in many places.
  private struct NamedTurn: Hashable {
    let piece: UInt32
    let wanted: Truth
  }

  private func turns(
    _ at: UInt32, to wanted: Truth, _ named: inout [NamedTurn: Int],
    _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> Int {
    if evaluate(at, &facts, &scratch) == wanted { return 0 }
    let node = parts.nodes[Int(at)]
    switch node.kind {
    case .atom, .points, .tasks, .root:
      return 1
    case .piece:
      let turn = NamedTurn(piece: node.operand, wanted: wanted)
      if let known = named[turn] { return known }
      let count = turns(
        parts.pieces[Int(node.operand)], to: wanted, &named, &facts, &scratch)
      named[turn] = count
      return count
    case .not:
      return turns(at + 1, to: wanted.negated, &named, &facts, &scratch)
    case .all, .any:
      // `and` holds when all its parts do, `or` when one does; to fail it is the other way round.
      let all = (node.kind == .all) == (wanted == .yes)
      var sum = 0
      var least = Int.max
      for child in children(of: NodeID(Int(at))) {
        let count = turns(UInt32(child.index), to: wanted, &named, &facts, &scratch)
        sum = sum.addingReportingOverflow(count).overflow ? .max : sum + count
        least = min(least, count)
      }
      return all ? sum : least
    }
  }
}
