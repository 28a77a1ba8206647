import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingTestSupport
import Testing

@Suite struct `Witnesses` {
  @Test(arguments: WitnessPolicies.all.indices)
  func `are built for every route and taken by it`(index: Int) throws {
    let graph = try SamplePolicy(WitnessPolicies.all[index]).graph
    let study = PolicyStudy(graph)
    for route in graph.policy.routes.indices {
      let search = try study.ask { regions throws(DiagramsTooLarge) in
        try regions.witness(in: try regions.decides(RouteID(route)))
      }
      guard case .found(let witness) = search else {
        Issue.record("route \(graph.policy.routes[route].name): \(search)")
        continue
      }
      var facts = try graph.facts(of: witness.input)
      var scratch = Scratch(for: graph)
      let outcome = graph.decide(&facts, in: &scratch)
      guard case .route(let taken, _) = outcome else {
        Issue.record("route \(route): \(outcome)")
        continue
      }
      #expect(taken.index == route)
    }
  }
}
