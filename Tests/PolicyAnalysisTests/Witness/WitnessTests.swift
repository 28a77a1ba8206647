import PolicyGraph
import PolicySemantics
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

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

  @Test func `may start with a text and with what that starts with`() throws {
    let graph = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      route a when question starts with "Re" { use m }
      route b when question starts with "Refund" { use n }
      otherwise { use m }
      """
    ).graph
    let search = try PolicyStudy(graph).ask { regions throws(DiagramsTooLarge) in
      try regions.witness(in: try regions.holds(.route(RouteID(1))))
    }
    guard case .found = search else {
      Issue.record("\(search)")
      return
    }
  }

  @Test func `are given up where no filler has the sizes wanted`() throws {
    let effort = PaddingEffort()
    effort.start(for: 1_000)
    effort.count(1_000)
    #expect(!effort.isSpent && !effort.isTired)
    effort.count(1 << 20)
    #expect(effort.isSpent && !effort.isTired)
    effort.count(64 << 20)
    #expect(effort.isTired)
    effort.start(for: .max)
    #expect(!effort.isSpent)
  }
}
