import PolicyGraph
import PolicySemantics
import PolicyUnits

/// The world a test gives: scores, verdicts, failures, use of budgets.
struct GivenOutcomes {
  private let lines: [CheckedTest.Given]

  init(_ lines: [CheckedTest.Given]) { self.lines = lines }

  /// Puts what is recorded before a request where decisions read it: also what a classifier is when
  /// it fails.
  func apply(to state: inout RecordedState, _ policy: CheckedPolicy) {
    for line in lines {
      switch line {
      case .classifier(let id, let label, _): state.classifiers[id] = label
      case .budgetUsed(let id, let used, _): state.budgetUse[id] = used
      case .budgetUsedShare(let id, let share, _):
        state.budgetUse[id] = CompressionSize.share(
          share, of: policy[id].cap.amount, roundingUp: true)
      case .healthy(let model, let isHealthy, _):
        if isHealthy { state.unhealthy.remove(model) } else { state.unhealthy.insert(model) }
      case .score, .verdict, .gateFails, .classifierFails, .fails, .embedderFails: continue
      }
    }
    for id in lines.failed(policy) where state.classifiers[id] == nil {
      state.classifiers[id] = policy[id].onFailure
      state.failedClassifiers.insert(id)
    }
  }

  /// How a climb under a decision goes in this world.
  struct Drive {
    /// Nil if a gate was asked that is not given.
    var outcome: LadderOutcome?
    var missing: (GateID, ModelID)?
  }

  /// Climbs with what is given; a call that is not said to fail is answered, and bills its least
  /// input and no output.
  ///
  /// Nil if nothing is called.
  func climb(_ decision: Decision, _ frozen: FrozenPolicy) -> Drive? {
    guard var climb = Climb(decision, in: frozen) else { return nil }
    func result(of gate: GateID, at model: ModelID) -> GateResult? {
      GivenGates(lines, answeredBy: model, frozen.policy).result(of: gate)
    }
    climb.askLast { result(of: $0, at: $1) == nil }
    var machine = LadderMachine(climb)
    var action = machine.start()
    while true {
      switch action {
      case .done(let outcome): return Drive(outcome: outcome)
      case .call(let order):
        let low = decision.plan.calls[order.call].input.low
        if let failure = lines.failure(of: order.model) {
          action = machine.step(.failed(CallFault(failure, billing: .nothing)))
        } else {
          let usage = Usage(input: low, output: 0)
          action = machine.step(.answered(AnswerFacts(text: "", usage: usage)))
        }
      case .ask(let question):
        guard let result = result(of: question.gate, at: question.model) else {
          return Drive(missing: (question.gate, question.model))
        }
        action = machine.step(.gate(result, billed: .zero))
      }
    }
  }
}
