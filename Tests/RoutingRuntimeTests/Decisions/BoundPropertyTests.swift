import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

@Suite struct `Bounds of a decision` {
  /// Every routed case of the corpus is run many times against honest providers.
  @Test(arguments: [UInt64(21), 22])
  func `hold whatever happens on the way`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var runs = 0
    var answered = 0
    var tightest = Int64.max
    for decided in Decisions.cases {
      let policy = try TestPolicy(decided.policy)
      var request = try policy.request(decided.request)
      request.choices = [1, 1, 2, 7, 128].randomElement(using: &random) ?? 1
      let decision = try policy.decider.decide(request)
      guard let climb = Climb(decision, in: policy.decider.frozen) else { continue }
      for _ in 0..<200 {
        let outcome = run(climb, decision, &random)
        runs += 1
        guard let spent = outcome.cost.money else { continue }
        if let atMost = decision.cost.atMost.money {
          #expect(spent <= atMost, "seed \(seed) \(decided.name): \(outcome)")
          tightest = min(tightest, atMost.nanos - spent.nanos)
        }
        guard case .answered = outcome.ending else { continue }
        answered += 1
        if let atLeast = decision.cost.atLeast.money, case .exact(let exact) = outcome.cost {
          #expect(exact >= atLeast, "seed \(seed) \(decided.name): \(outcome)")
        }
      }
    }
    #expect(answered > 1000 && tightest < 1_000_000, "seed \(seed)")
    print("seed \(seed): \(runs) runs, \(answered) answered, within \(tightest) nanos")
  }

  private func run(
    _ climb: Climb, _ decision: Decision, _ random: inout SeededGenerator
  ) -> LadderOutcome {
    var machine = LadderMachine(climb)
    var action = machine.start()
    // Each run has providers that fail often or seldom.
    let failing = Int.random(in: 1...6, using: &random)
    while true {
      switch action {
      case .done(let outcome): return outcome
      case .ask(let question):
        action = machine.step(.gate(.random(&random), billed: .billed(question, &random)))
      case .call(let order):
        let input = decision.plan.calls[order.call].input
        // Some providers count the prompt once, some for each answer.
        let choices = climb.legs[order.leg].steps[order.step].choices
        let usage = Usage.random(
          input: input.low...(input.bound * choices),
          output: 0...((order.maxOutput ?? 20_000) * choices), &random)
        if random.oneIn(failing + 1) {
          let failure = CallFailure.allCases.randomElement(using: &random) ?? .limited
          action = machine.step(
            .failed(CallFault(failure, billing: random.oneIn(2) ? .unknown : .usage(usage))))
        } else {
          action = machine.step(.answered(AnswerFacts(text: "", usage: usage)))
        }
      }
    }
  }
}
