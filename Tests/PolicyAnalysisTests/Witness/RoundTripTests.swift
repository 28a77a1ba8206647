import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingTestSupport
import Testing

@Suite struct `The request builder` {
  /// Random assignments of every condition's region become requests in it.
  @Test
  func `lands in the cells it is given`() throws {
    let seed: UInt64 = 20_261_121
    var dice = Dice(seed: seed)
    var (built, all) = (0, 0)
    var missed: [String: Int] = [:]
    for text in WitnessPolicies.all {
      let graph = try SamplePolicy(text).graph
      let regions = try RegionSpace([graph], order: .structured, limits: DiagramLimits())
      for site in `The request reader`.sites(of: graph.policy) {
        let region = try regions.holds(site)
        for _ in 0..<10 {
          guard let rough = regions.store.randomModel(in: region, &dice),
            let (_, model) = try regions.feasible(try regions.cube(rough))
          else { continue }
          all += 1
          let found = try regions.witness(in: try regions.cube(model))
          switch found {
          case .found: built += 1
          case .empty: Issue.record("a feasible cube is empty (seed \(seed))")
          case .notBuilt(let tests):
            missed["\(site): " + tests.joined(separator: " & "), default: 0] += 1
          }
        }
      }
    }
    let percent = built * 1_000 / max(1, all)
    SharedData.say("seed \(seed): \(built) of \(all) random assignments became requests")
    for (tests, count) in missed.sorted(by: { $0.value > $1.value }).prefix(20) {
      SharedData.say("  \(count) × \(tests)")
    }
    #expect(all >= 500)
    #expect(percent >= 990)
  }
}
