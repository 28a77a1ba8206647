import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// What the evaluator says of sampled requests, held against what was proved.
extension PolicyStudy {
  private static let tries = 48
  /// Conditions that sampled requests may be held against, all routes of a policy together: a long
  /// policy none of whose routes a diagram decides gets fewer requests for each.
  private static let mostEvaluations = 4_000_000

  /// A proof that survived requests made to refute it, or *not decided*; what no diagram could
  /// decide is settled where a sampled request reaches the route after all.
  func attacked(_ verdict: Reachability, of route: RouteID) -> Reachability {
    switch verdict {
    case .reachable:
      return verdict
    case .contradicted, .taken:
      return isRefuted(route) ? .notDecided(.refuted) : verdict
    case .notDecided:
      return isReachedBySample(route) ? .reachable : verdict
    }
  }

  private func isRefuted(_ route: RouteID) -> Bool {
    let found = try? ask { regions throws(DiagramsTooLarge) in
      var attack = RandomAttack(regions)
      var scratch = Scratch(for: graph)
      return try attack.counterexample(
        around: try regions.holds(.route(route)), aiming: .route(route), tries: Self.tries,
        refutes: { graph.takes($0, route, &scratch) }) != nil
    }
    return found ?? false
  }

  private func isReachedBySample(_ route: RouteID) -> Bool {
    let policy = graph.policy
    let site = policy[route]
    var sampler = RequestSampler(
      policy, aiming: site.condition ?? .all([], site.conditionSpan), seed: UInt64(route.index))
    var scratch = Scratch(for: graph)
    let (pairs, overflow) = graph.nodeCount.multipliedReportingOverflow(by: policy.routes.count)
    let tries = overflow ? 0 : min(Self.tries * 4, Self.mostEvaluations / max(1, pairs))
    return (0..<tries).contains { _ in
      graph.takes(sampler.next(), route, &scratch)
    }
  }
}

extension DecisionGraph {
  /// Whether the evaluator sends a request to a route.
  fileprivate func takes(
    _ input: RequestInput, _ route: RouteID, _ scratch: inout Scratch
  ) -> Bool {
    guard var facts = try? facts(of: input) else { return false }
    guard case .route(let taken, _) = decide(&facts, in: &scratch, findingTask: false) else {
      return false
    }
    return taken == route
  }
}
