import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import Testing

@Suite struct `A random attack` {
  @Test(arguments: WitnessPolicies.all.indices)
  func `refutes what is claimed of a route that can be taken`(index: Int) throws {
    let graph = try SamplePolicy(WitnessPolicies.all[index]).graph
    let regions = try RegionSpace([graph], order: .structured, limits: DiagramLimits())
    for route in graph.policy.routes.indices.dropLast() {
      let site = ConditionSite.route(RouteID(route))
      var attack = RandomAttack(regions, seed: 7)
      // The false claim: nothing is ever decided by this route.
      let found = try attack.counterexample(
        around: try regions.decides(RouteID(route)), aiming: site, tries: 40
      ) { Self.decided(graph, $0) == route }
      #expect(found != nil, "\(graph.policy.routes[route].name)")
    }
  }

  @Test
  func `finds nothing against a route that cannot be taken`() throws {
    let graph = try SamplePolicy(
      WitnessPolicies.header
        + """
        route a when prompt mentions ("refund") { use m }
        route b when question mentions ("refund policy") and plan = pro { use m }
        otherwise { use m }
        """
    ).graph
    let regions = try RegionSpace([graph], order: .structured, limits: DiagramLimits())
    var attack = RandomAttack(regions, seed: 7)
    var asked = 0
    let found = try attack.counterexample(
      around: try regions.holds(.route(RouteID(1))), aiming: .route(RouteID(1)), tries: 100
    ) { input in
      asked += 1
      return Self.decided(graph, input) == 1
    }
    #expect(found == nil)
    #expect(asked > 80)
  }

  @Test
  func `is the same with the same seed`() throws {
    let graph = try SamplePolicy(WitnessPolicies.all[0]).graph
    let regions = try RegionSpace([graph], order: .structured, limits: DiagramLimits())
    var (first, second) = (RandomAttack(regions, seed: 3), RandomAttack(regions, seed: 3))
    for _ in 0..<20 {
      #expect(try first.draft(in: .always) == second.draft(in: .always))
    }
  }

  static func decided(_ graph: DecisionGraph, _ input: RequestInput) -> Int? {
    guard var facts = try? graph.facts(of: input) else { return nil }
    var scratch = Scratch(for: graph)
    guard case .route(let route, _) = graph.decide(&facts, in: &scratch) else { return nil }
    return route.index
  }
}
