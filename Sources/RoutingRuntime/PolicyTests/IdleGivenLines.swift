import PolicyGraph
package import PolicySemantics
package import PolicySource
import PolicyUnits

/// Lines of `given` that nobody asks for.
extension PolicyTestRunner {
  /// What a test says of gates and classifiers although it decides, climbs and costs the same without.
  ///
  /// The test is no weaker without such a line: were it asked for some day, the test would fail. What is
  /// spent, down or failing is never among them, as a test may be about its making no difference. Of a
  /// test whose request cannot be read there are none.
  package func idleLines(of test: CheckedTest) -> [Span] {
    guard test.given.contains(where: \.isAnswer), let input = request(of: test),
      let sight = sight(of: input, test.given)
    else { return [] }
    var needed = test.given
    var idle: [Span] = []
    for index in test.given.indices.reversed() where test.given[index].isAnswer {
      let line = needed.remove(at: index)
      if self.sight(of: input, needed) == sight {
        idle.insert(line.span, at: 0)
      } else {
        needed.insert(line, at: index)
      }
    }
    return idle
  }

  /// Nil if the decision hangs on a classifier nobody gave.
  private func sight(of input: RequestInput, _ lines: [CheckedTest.Given]) -> TestSight? {
    var input = input
    let given = GivenOutcomes(lines)
    given.apply(to: &input.state, policy)
    do throws(FactProblem) {
      let decision = try decider.decide(input)
      if case .needs = decision.outcome { return nil }
      return TestSight(decision, given.climb(decision, decider.frozen), policy)
    } catch {
      return TestSight(refusedFor: error)
    }
  }
}

/// All that a line of `expect` can name of one run, and every gate that was asked on the way.
private struct TestSight: Equatable {
  private var refuser: String?
  private var task: TaskID?
  private var route: RouteID?
  private var calls: [Call] = []
  private var cost: CostInterval?
  private var attempts: [Attempt] = []
  private var answering: Int?
  private var climbs = 0
  private var missing: Missing?

  private struct Call: Equatable {
    let model: ModelID?
    let deployments: [Int]
    let isDropped: Bool
  }

  private struct Attempt: Equatable {
    let model: ModelID?
    let attempt: Int
    let verdict: AttemptRecord.Verdict
    let gates: [GateRecord]
  }

  private struct Missing: Equatable {
    let gate: GateID
    let model: ModelID
  }

  init(refusedFor problem: FactProblem) { refuser = problem.fact }

  init(_ decision: Decision, _ drive: GivenOutcomes.Drive?, _ policy: CheckedPolicy) {
    if case .refused(let refusal) = decision.outcome { refuser = refusal.refuser(in: policy) }
    task = decision.task
    route = decision.route
    calls = decision.plan.calls.map {
      Call(model: $0.model, deployments: $0.deployments, isDropped: $0.dropReason != nil)
    }
    cost = decision.cost
    missing = drive?.missing.map { Missing(gate: $0.0, model: $0.1) }
    guard let outcome = drive?.outcome else { return }
    attempts = outcome.attempts.map {
      Attempt(model: $0.model, attempt: $0.attempt, verdict: $0.verdict, gates: $0.gates)
    }
    climbs = outcome.climbs
    if case .answered(_, let attempt, _) = outcome.ending { answering = attempt }
  }
}

extension CheckedTest.Given {
  /// Whether it is what a gate or a classifier says: nothing is assumed where it is not given.
  fileprivate var isAnswer: Bool {
    switch self {
    case .score, .verdict, .gateFails, .classifier, .classifierFails: true
    case .budgetUsedShare, .budgetUsed, .fails, .embedderFails, .healthy: false
    }
  }
}
