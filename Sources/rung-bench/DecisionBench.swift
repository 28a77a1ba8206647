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
      var facts = inputs.compactMap { try? graph.facts(of: $0) }
      guard facts.count == inputs.count else { return }
      var scratch = Scratch(for: graph)
      let expectations = Expectations()
      var calls = 0
      let time = Stopwatch.median(runs: 7) {
        // A span lends its elements where an array would copy each.
        let inputs = inputs.span
        for index in inputs.indices {
          calls &+= decide(inputs, index, &facts[index], decider, expectations, &scratch)
        }
      }
      report.add(
        "facts to whole decision, \(count) routes", time / Double(inputs.count), "ns",
        atMost: 2_000)
      if calls == .min { print(calls) }
    }
  }

  /// Apart from the loop, where the compiler would copy the request before it lends the facts.
  @inline(never)
  private static func decide(
    _ inputs: Span<RequestInput>, _ index: Int, _ facts: inout RequestFacts, _ decider: Decider,
    _ expectations: Expectations, _ scratch: inout Scratch
  ) -> Int {
    decider.decide(inputs[index], &facts, expecting: expectations, in: &scratch).plan.calls.count
  }
}
