import PolicySemantics

extension DecisionGraph {
  /// A reason names at most this many tests.
  package static let reasonLimit = 16

  /// Decides and says how.
  ///
  /// Costs what deciding does: the reasons are left to ``reason(for:_:in:)``.
  package func decideTracing(
    _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> Trace {
    let outcome = decide(&facts, in: &scratch)
    switch outcome {
    case .route(let route, let task):
      return Trace(
        outcome: outcome, route: root(of: .route(route)),
        task: task.flatMap { root(of: .task($0)) }, values: facts.values)
    case .needs, .unreadable:
      scratch.startRound()
      let open = parts.routeRoots.lazy.compactMap { $0 }.first {
        evaluate($0, &facts, &scratch) == .unknown
      }
      return Trace(
        outcome: outcome, route: open.map { NodeID(Int($0)) }, task: nil, values: facts.values)
    }
  }

  /// Why the condition at a place has its value; nil where there is none, which always holds.
  ///
  /// For a route that does not match, `node` is its first failing condition. Evaluates with the
  /// function that decides; for explanations, not for deciding: O(depth × nodes).
  package func reason(
    for site: ConditionSite, _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> ConditionReason? {
    scratch.startRound()
    return reason(for: site, &facts, &scratch)
  }

  private func reason(
    for site: ConditionSite, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> ConditionReason? {
    guard let root = root(of: site) else { return nil }
    let truth = evaluate(UInt32(root.index), &facts, &scratch)
    var path = [root]
    var at = UInt32(root.index)
    while let child = onlyReason(of: at, &facts, &scratch) {
      path.append(NodeID(Int(child)))
      at = child
    }
    return ConditionReason(
      truth: truth, path: path, node: NodeID(Int(at)), tests: deciding(at, &facts, &scratch))
  }

  /// The one child that decides a node, where there is one.
  ///
  /// A `not` around a test is part of the test, as in `!=`.
  private func onlyReason(
    of at: UInt32, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> UInt32? {
    let node = parts.nodes[Int(at)]
    let value = evaluate(at, &facts, &scratch)
    switch (node.kind, value) {
    case (.all, .no), (.any, .yes), (.all, .unknown), (.any, .unknown):
      return firstChild(of: at, being: value, &facts, &scratch)
    case (.piece, _):
      return parts.pieces[Int(node.operand)]
    case (.not, _):
      return parts.nodes[Int(at) + 1].kind == .atom ? nil : at + 1
    case (.all, .yes), (.any, .no):
      return node.end == parts.nodes[Int(at) + 1].end ? at + 1 : nil
    case (.atom, _), (.points, _), (.tasks, _), (.root, _):
      return nil
    }
  }

  private func firstChild(
    of at: UInt32, being value: Truth, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> UInt32? {
    let end = parts.nodes[Int(at)].end
    var child = at + 1
    while child < end {
      if evaluate(child, &facts, &scratch) == value { return child }
      child = parts.nodes[Int(child)].end
    }
    return nil
  }

  /// The tests that give a node its value, in written order.
  private func deciding(
    _ start: UInt32, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> [ObservedTest] {
    var tests: [ObservedTest] = []
    var open = [start]
    while let at = open.popLast(), tests.count < DecisionGraph.reasonLimit {
      let node = parts.nodes[Int(at)]
      let value = evaluate(at, &facts, &scratch)
      switch (node.kind, value) {
      case (.atom, _):
        tests.append(observe(at, value, &facts, scratch))
      case (.piece, _):
        open.append(parts.pieces[Int(node.operand)])
      case (.not, _):
        open.append(at + 1)
      case (.all, .no), (.any, .yes), (.all, .unknown), (.any, .unknown):
        if let child = firstChild(of: at, being: value, &facts, &scratch) { open.append(child) }
      case (.all, .yes), (.any, .no), (.points, _), (.tasks, _), (.root, _):
        open.append(contentsOf: children(of: NodeID(Int(at))).reversed().map { UInt32($0.index) })
      }
    }
    return tests
  }
}
