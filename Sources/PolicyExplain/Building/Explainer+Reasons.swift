import PolicyGraph
import PolicySemantics
import PolicyUnits

// Conditions as written, and what the request showed.
extension Explainer {
  /// A test in the words of the policy, `not` included.
  func observation(_ test: ObservedTest) -> Explanation.Observation {
    var node = test.node
    var truth = test.truth
    while let above = negation(of: node) {
      node = above
      truth = truth.negated
    }
    let span = graph.span(of: node)
    return Explanation.Observation(
      condition: text.text(span), observed: words(test), holds: truth == .yes,
      place: text.place(span))
  }

  /// The first condition of a route that fails.
  func failure(_ reason: ConditionReason) -> Explanation.Observation {
    if reason.tests.count == 1, let only = reason.tests.first { return observation(only) }
    let span = graph.span(of: reason.node)
    var seen: [String] = []
    for test in reason.tests {
      let observed = words(test)
      if !seen.contains(observed) { seen.append(observed) }
    }
    return Explanation.Observation(
      condition: text.text(span), observed: seen.joined(separator: "; "),
      holds: reason.truth == .yes, place: text.place(span))
  }

  /// A node's first child stands right after it, so the `not` around a test is its neighbour.
  private func negation(of node: NodeID) -> NodeID? {
    guard node.index > 0 else { return nil }
    let before = NodeID(node.index - 1)
    return graph[before].kind == .not ? before : nil
  }
}
