import PolicyGraph
import PolicySemantics
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

/// Ties that a model meets already are not taken into its diagrams.
@Suite struct `Ties that are settled` {
  @Test(arguments: WitnessPolicies.all.indices)
  func `hold wherever the model's cells do`(index: Int) throws {
    let graph = try SamplePolicy(WitnessPolicies.all[index]).graph
    let regions = try RegionSpace([graph], order: .written, limits: DiagramLimits())
    let (space, store) = (regions.space, regions.store)
    var random = SplitMix(state: 20)
    var settled = 0
    for tie in Theory(space).constraints {
      let allowed = try tie.diagram(in: store, space)
      for _ in 0..<20 {
        var model = DiagramModel(cells: Array(repeating: -1, count: space.variables.count))
        for level in tie.levels where random.chance(2, in: 3) {
          model.cells[level] = Int32(random.below(space.variables[level].cells.count))
        }
        guard tie.isSettled(by: model, cells: { space.variables[$0].cells.count }) else { continue }
        settled += 1
        #expect(try store.minus(try regions.cube(model), allowed) == .never, "seed 20: \(tie)")
      }
    }
    #expect(settled > 0)
  }

  @Test func `make many texts to start with cheap`() throws {
    let routes = (0..<80).map { "route r\($0) when question starts with \"x\($0)y\" { use m }" }
    let graph = try SamplePolicy(
      "rung 1\ncatalog \"catalog.yaml\"\n" + routes.joined(separator: "\n")
        + "\notherwise { use n }"
    ).graph
    let study = PolicyStudy(graph)
    var steps = 0
    for index in 0..<80 {
      let isTaken = try study.ask { regions throws(DiagramsTooLarge) in
        let answer = try regions.isFeasible(try regions.decides(RouteID(index)))
        steps += regions.store.steps
        return answer
      }
      #expect(isTaken)
    }
    #expect(steps < 1_000_000)
  }
}
