import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicyUnits
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

  /// Routes of generated policies: what is not proved dead has a witness, and the evaluator takes
  /// that route with it.
  @Test(arguments: [(true, 50, 990), (false, 25, 900)])
  func `reaches the routes of generated policies`(
    isClear: Bool, policies: Int, leastBuilt: Int
  ) throws {
    let tests = GeneratedWitnessPolicy.clear + (isClear ? [] : GeneratedWitnessPolicy.opaque)
    let seed: UInt64 = 0x00C0_FFEE
    var (built, dead) = (0, 0)
    var missed: [String] = []
    for number in 0..<UInt64(policies) {
      let graph = try SamplePolicy(
        GeneratedWitnessPolicy(seed: seed + number, tests: tests).text
      ).graph
      let study = PolicyStudy(graph)
      var scratch = Scratch(for: graph)
      for route in graph.policy.routes.indices {
        let search = try study.ask { regions throws(DiagramsTooLarge) in
          try regions.witness(in: try regions.decides(RouteID(route)))
        }
        switch search {
        case .empty: dead += 1
        case .notBuilt(let tests):
          missed.append("seed +\(number) route \(route): \(tests.joined(separator: " & "))")
        case .found(let witness):
          var facts = try graph.facts(of: witness.input)
          let outcome = graph.decide(&facts, in: &scratch, findingTask: false)
          #expect(outcome == .route(RouteID(route), task: nil), "seed +\(number)")
          built += 1
        }
      }
    }
    SharedData.say(
      "\(isClear ? "clear" : "opaque"), seed \(seed): \(built) witnesses, \(dead) dead, "
        + "\(missed.count) not built")
    for line in missed.prefix(15) { SharedData.say("  " + line) }
    #expect(built * 1_000 >= leastBuilt * (built + missed.count))
  }
}
