import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingCalls
import RoutingGates
import RoutingRuntime

/// Decides a request and makes its calls.
struct RunDesk {
  private let desk: DecisionDesk
  private let runner: RequestRunner
  private let gates: GateBook

  init(_ desk: DecisionDesk, runner: RequestRunner, gates: GateBook) {
    self.desk = desk
    self.runner = runner
    self.gates = gates
  }

  func run(_ file: RequestFile, _ input: RequestInput) async throws -> RunRow {
    let decision = try desk.decide(input, named: file.name)
    let explanation = try desk.explain(decision, of: input, named: file.name)
    // Nothing here keeps a counter from one request to the next.
    guard decision.plan.notYet.isEmpty, !decision.budgets.contains(where: \.needsStore),
      case .route = decision.outcome,
      let climb = Climb(decision, in: desk.decider.frozen)
    else {
      return RunRow(name: file.name, decision: decision, explanation: explanation, record: nil)
    }
    let asked = GateRequest(input)
    let record = await runner.run(climb, plan: decision.plan, request: file.request) {
      gates.evaluate($0.gate, $1, asked) ?? .failed
    }
    return RunRow(name: file.name, decision: decision, explanation: explanation, record: record)
  }
}

/// One request that was run, or was not.
struct RunRow: Sendable {
  let name: String
  let decision: Decision
  let explanation: Explanation
  /// Nil if nothing was called.
  let record: RunRecord?

  /// Whether the policy had its way: an answer, or a refusal on purpose.
  var isServed: Bool {
    guard let record else {
      switch decision.outcome {
      case .refused: return true
      case .route, .needs: return false
      }
    }
    if case .answered = record.outcome.ending { return true }
    return false
  }

  /// Whether this version can do everything the plan asks for; a refusal asks for nothing.
  var isExecutable: Bool {
    switch decision.outcome {
    case .refused: true
    case .route, .needs:
      decision.plan.notYet.isEmpty && !decision.budgets.contains(where: \.needsStore)
    }
  }
}
