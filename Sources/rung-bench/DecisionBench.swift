import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// The whole decision: route, trace, guards, budgets, plan and bounds.
enum DecisionBench {
  static func run(_ report: inout Report) {
    for count in [10, 10_000] {
      let (text, targets) = BenchPolicies.routes(count)
      guard let graph = BenchPolicies.graph(text) else { return }
      let decider = Decider(graph)
      var inputs = DecideBench.requests(for: targets, count: 20_000)
      var random = BenchRandom(seed: 17)
      inputs.shuffle(using: &random)
      let held = inputs.compactMap { HeldRequest($0, graph) }
      guard held.count == inputs.count else { return }
      var scratch = Scratch(for: graph)
      let expectations = Expectations()
      var calls = 0
      let time = Stopwatch.median(runs: 7) {
        for request in held {
          let decision = decider.decide(
            request.input, &request.facts, expecting: expectations, in: &scratch)
          calls &+= decision.plan.calls.count
        }
      }
      report.add(
        "facts to whole decision, \(count) routes", time / Double(inputs.count), "ns",
        atMost: 2_000)
      if calls == .min { print(calls) }
    }
    RecordBench.run(&report)
  }
}

/// A request as whoever serves it holds it: lent to the decision, never copied.
private final class HeldRequest {
  let input: RequestInput
  var facts: RequestFacts

  init?(_ input: RequestInput, _ graph: DecisionGraph) {
    guard let facts = try? graph.facts(of: input) else { return nil }
    self.input = input
    self.facts = facts
  }
}
