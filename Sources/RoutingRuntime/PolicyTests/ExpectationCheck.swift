package import PolicySemantics
import PolicySyntax
import PolicyUnits

/// Holds lines of `expect` or `always` against a decision and what came of it.
package struct ExpectationCheck {
  let policy: CheckedPolicy
  let decision: Decision
  /// Nil in an `always`, and where nothing is called.
  let drive: GivenOutcomes.Drive?
  /// Of all requests: what it says of the first and last model holds of those that call none.
  var isUniversal = false

  init(policy: CheckedPolicy, decision: Decision, drive: GivenOutcomes.Drive?) {
    self.policy = policy
    self.decision = decision
    self.drive = drive
  }

  /// Of an `always`: the line must hold of every request.
  package init(ofAll policy: CheckedPolicy, _ decision: Decision) {
    self.policy = policy
    self.decision = decision
    drive = nil
    isUniversal = true
  }

  /// Nil if the line holds.
  package func problem(with expected: Expectation) -> PolicyTestResult.Problem? {
    if case .needs(let classifier) = decision.outcome { return .classifierNotGiven(classifier) }
    if isUniversal, !isRouted, expected.isOfModel { return nil }
    switch expected.kind {
    case .task(let id): return compare(expected, .task(decision.task), decision.task == id)
    case .route(let id): return compare(expected, .route(decision.route), decision.route == id)
    case .first(let id): return compareModel(expected, decision.plan.first?.model, id)
    case .last(let id): return compareModel(expected, decision.plan.last?.model, id)
    case .firstModel(let test): return compare(expected, decision.plan.first, test)
    case .lastModel(let test): return compare(expected, decision.plan.last, test)
    case .refusedBy(let name):
      let refuser = refuser
      return compare(expected, .refuser(refuser), refuser == name)
    case .cached(let cached):
      // A test starts with empty caches.
      return compare(expected, .flag(false), !cached)
    case .worstCost(let money): return compare(expected, decision.worstCost, money)
    case .expectedCost(let money): return compare(expected, decision.expectedCost, money)
    case .calls(let count):
      guard let drive else { return compare(expected, mostCalls, count) }
      return compareRun(expected, drive) { compare(expected, Int64($0.calls), count) }
    case .climbs(let count):
      guard let drive else { return compare(expected, 0, count) }
      return compareRun(expected, drive) { compare(expected, Int64($0.climbs), count) }
    case .answeredBy(let id):
      guard let drive else { return compareModel(expected, nil, id) }
      return compareRun(expected, drive) { compareModel(expected, $0.answering?.model, id) }
    }
  }

  private func compareRun(
    _ expected: Expectation, _ drive: GivenOutcomes.Drive,
    _ check: (LadderOutcome) -> PolicyTestResult.Problem?
  ) -> PolicyTestResult.Problem? {
    if let (gate, model) = drive.missing { return .gateNotGiven(gate, model) }
    return drive.outcome.flatMap(check)
  }

  /// Without a run: every kept call with every attempt.
  private var mostCalls: Int64 {
    guard case .route = decision.outcome else { return 0 }
    return decision.plan.answering.reduce(0) { Saturated.sum($0, Int64($1.step.attempts)) }
  }

  private func compare(
    _ expected: Expectation, _ actual: PolicyTestResult.Actual, _ isEqual: Bool
  ) -> PolicyTestResult.Problem? {
    let holds = expected.comparison == .notEqual ? !isEqual : isEqual
    return holds ? nil : .differs(expected: expected, actual: actual)
  }

  private func compareModel(
    _ expected: Expectation, _ actual: ModelID?, _ wanted: ModelID
  ) -> PolicyTestResult.Problem? {
    let actual = isRouted ? actual : nil
    return compare(expected, .model(actual), actual == wanted)
  }

  private func compare(
    _ expected: Expectation, _ actual: Int64, _ wanted: Int64
  ) -> PolicyTestResult.Problem? {
    expected.comparison.holds(actual, wanted)
      ? nil : .differs(expected: expected, actual: .count(actual))
  }

  private func compare(
    _ expected: Expectation, _ actual: CostFigure, _ wanted: Money
  ) -> PolicyTestResult.Problem? {
    switch actual {
    case .unknown(let reason): .costUnknown(reason)
    case .known(let money):
      expected.comparison.holds(money.nanos, wanted.nanos)
        ? nil : .differs(expected: expected, actual: .money(money))
    }
  }

  /// `=` must hold of every deployment that may be called, `!=` of each as well.
  private func compare(
    _ expected: Expectation, _ call: PlannedCall?, _ test: ModelTest
  ) -> PolicyTestResult.Problem? {
    guard isRouted, let call, let id = call.model else {
      return .differs(expected: expected, actual: .model(nil))
    }
    let model = policy[id]
    let passing = call.deployments.count { test.holds(model, model.deployments[$0]) }
    let holds = expected.comparison == .notEqual ? passing == 0 : passing == call.deployments.count
    let called = PolicyTestResult.Actual.called(id, deployments: call.deployments, asked: test)
    return holds ? nil : .differs(expected: expected, actual: called)
  }

  private var isRouted: Bool {
    switch decision.outcome {
    case .route: true
    case .refused, .needs: false
    }
  }

  private var refuser: String? {
    guard case .refused(let refusal) = decision.outcome else { return nil }
    return refusal.refuser(in: policy)
  }
}

extension Expectation {
  /// Whether it is about the models that are called.
  fileprivate var isOfModel: Bool {
    switch kind {
    case .first, .last, .firstModel, .lastModel: true
    case .task, .route, .calls, .climbs, .answeredBy, .cached, .refusedBy, .worstCost,
      .expectedCost:
      false
    }
  }
}

extension Refusal {
  /// The name of the declaration that refuses; nil if it is none of the policy's.
  package func refuser(in policy: CheckedPolicy) -> String? {
    switch self {
    case .byGuard(let id, _, _): policy[id].name
    case .byRoute(let id, _, _): policy[id].name
    case .byBudget(let id): policy[id].name
    case .emptied(.keptOut(let id, _)): policy[id].name
    case .emptied(.tooLittleLeft(let bound, _, _)), .emptied(.unknownPrice(let bound)),
      .emptied(.unboundedImages(let bound)):
      switch bound {
      case .ladder(let id, _): policy[id].name
      case .budget(let id, _): policy[id].name
      }
    case .emptied(.tooFewTokensLeft(let bound, _, _)), .emptied(.unboundedTokens(let bound)):
      policy[bound.budget].name
    case .emptied(.windowTooSmall), .emptied(.notInCatalog), .emptied(.lacks),
      .emptied(.tierDropped), .emptied(.lineDoesNotApply), .unreadable:
      nil
    }
  }
}
