import PolicyGraph
import PolicySemantics
import PolicySyntax
package import RoutingRuntime

/// Proves or refutes what a policy says of all its requests.
///
/// The requests that meet the condition are split by route and by everything else a plan depends on
/// and that is finite; each part is a diagram, so none is missed. What is not finite (how large a
/// request is, what budgets have left) is held in boxes whose corners the planner decides; a box
/// whose corners disagree is cut. A line that holds in every box is proved. Where it does not, a
/// request is built and decided; only a request that breaks the line refutes it.
///
/// Requests count whose facts are of their types and whose classifiers have answered. Plans count
/// with what an ordinary answer is expected to be.
package final class AlwaysStudy {
  private let decider: Decider
  private let study: PolicyStudy
  private let limits: Limits
  private var known: [Int: AlwaysVerdict] = [:]

  /// How much is looked at before the answer is *not decided*.
  package struct Limits: Hashable, Sendable {
    package var cases = 4_096
    /// Boxes of all cases together.
    package var boxes = 6_000
    /// Requests tried for one line, before boxes alone go on.
    package var requests = 24

    package init() {}
  }

  package init(
    _ decider: Decider, diagrams: DiagramLimits = DiagramLimits(), limits: Limits = Limits()
  ) {
    self.decider = decider
    self.limits = limits
    study = PolicyStudy(
      decider.graph, limits: diagrams, reading: PlanTests.tests(of: decider.graph.policy))
  }

  /// What is certain of one `always`; found out once.
  package func verdict(on index: Int) -> AlwaysVerdict {
    if let verdict = known[index] { return verdict }
    let verdict: AlwaysVerdict
    do throws(NotDecided) {
      verdict = try study.ask { regions throws(DiagramsTooLarge) in
        try decide(index, regions)
      }
    } catch {
      verdict = .notDecided(.engine(error))
    }
    let final = attacked(verdict, index)
    known[index] = final
    return final
  }

  /// What is not decided is tried with made requests before it is given up.
  private func attacked(_ verdict: AlwaysVerdict, _ index: Int) -> AlwaysVerdict {
    guard case .notDecided = verdict else { return verdict }
    let result = PolicyTestRunner.attack(on: index, of: decider, seed: 1)
    guard let request = result.request,
      let broken = AlwaysTrial(index, decider).broken(by: request)
    else { return verdict }
    return .refuted(broken)
  }

  private func decide(
    _ index: Int, _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> AlwaysVerdict {
    let policy = decider.graph.policy
    let expect = policy.always[index].expect
    let condition = try regions.holds(.always(index))
    var cases = AlwaysCases(regions, decider.frozen, limit: limits.cases)
    for route in policy.routes.indices {
      try cases.add(RouteID(route), meeting: condition, for: expect)
    }
    var search = CounterexampleSearch(index, decider, regions, limits)
    for found in cases.cases {
      if let refuted = try search.look(in: found) { return .refuted(refuted) }
    }
    if cases.isOverLimit { return .notDecided(.tooManyCases(limit: limits.cases)) }
    if let open = search.open { return .notDecided(open) }
    let routes = Set(cases.cases.map(\.route)).sorted { $0.index < $1.index }
    return .proved(AlwaysVerdict.Proof(cases: search.boxes, routes: routes))
  }
}
