import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRuntime
import RoutingTestSupport
import Testing

@Suite struct `The request reader` {
  /// The proof that the diagrams mean what the evaluator does.
  @Test(arguments: WitnessPolicies.all.indices)
  func `finds a request in a region where the evaluator says yes`(index: Int) throws {
    let graph = try SamplePolicy(WitnessPolicies.all[index]).graph
    let regions = try RegionSpace([graph], order: .structured, limits: DiagramLimits())
    var checked = 0
    for (number, site) in Self.sites(of: graph.policy).enumerated() {
      guard let condition = graph.policy.condition(at: site) else { continue }
      let region = try regions.holds(site)
      var sampler = RequestSampler(
        graph.policy, aiming: condition, seed: UInt64(1_000 * index + number))
      var scratch = Scratch(for: graph)
      for _ in 0..<150 {
        var input = sampler.next()
        Self.complete(&input, graph)
        let cells = try regions.cells(of: input)
        var facts = try graph.facts(of: input)
        let truth = graph.evaluate(site, &facts, in: &scratch)
        let isInside = regions.store.contains(region, cells)
        #expect((truth == .yes) == isInside, "\(site) on \(input)")
        guard (truth == .yes) == isInside else { return }
        checked += 1
      }
    }
    SharedData.say("reader and evaluator agree on \(checked) requests of policy \(index)")
    #expect(checked > 1_000)
  }

  /// Every place of a policy that has a condition.
  static func sites(of policy: CheckedPolicy) -> [ConditionSite] {
    policy.routes.indices.map { .route(RouteID($0)) }
      + policy.tasks.indices.map { .task(TaskID($0)) }
      + policy.guards.indices.map { .guarding(GuardID($0)) }
      + policy.conditions.indices.map { .named(ConditionID($0)) }
  }

  /// Facts a key must bring.
  static func complete(_ input: inout RequestInput, _ graph: DecisionGraph) {
    for fact in graph.policy.facts where fact.byDefault == nil {
      guard case .labels(let labels) = fact.type, fact.origin == .key else { continue }
      if input.keyFacts[fact.name] == nil { input.keyFacts[fact.name] = .text(labels[0]) }
    }
  }
}
