import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingRuntime

/// What the runs of tests show, apart from conditions: those are regions of requests.
struct TestShowings {
  private let decider: Decider
  private let policy: CheckedPolicy

  init(_ decider: Decider) {
    self.decider = decider
    policy = decider.graph.policy
  }

  /// The tests, by their place, that showed each thing.
  func tests(_ results: [PolicyTestResult]) -> [CoverageGoal.What: [Int]] {
    var tests: [CoverageGoal.What: [Int]] = [:]
    for (index, result) in results.enumerated() {
      guard let decision = result.decision, let request = result.request else { continue }
      for what in shown(by: decision, of: request, result.outcome) {
        tests[what, default: []].append(index)
      }
    }
    return tests
  }

  /// What a decision of a request shows, and a climb under it.
  func shown(
    by decision: Decision, of request: RequestInput, _ outcome: LadderOutcome?
  ) -> Set<CoverageGoal.What> {
    var shown: Set<CoverageGoal.What> = []
    for id in request.state.failedClassifiers where isAsked(id, of: request) {
      shown.insert(.classifierFails(id))
    }
    if case .refused(let refusal) = decision.outcome {
      for (index, budget) in policy.budgets.enumerated()
      where refusal.refuser(in: policy) == budget.name {
        shown.insert(.budget(BudgetID(index)))
      }
      if case .byGuard(let id, _, _) = refusal { shown.insert(.guarding(id)) }
    }
    guard let route = decision.route else { return shown }
    shown.insert(.route(route))
    if let arm = decision.arm { shown.insert(.arm(route, arm.index)) }
    for effect in decision.plan.effects where effect.isShown {
      shown.insert(.line(route, effect.span))
    }
    for attempt in outcome?.attempts ?? [] where attempt.wasCalled {
      add(attempt, route, decision.plan, to: &shown)
    }
    return shown
  }

  /// Whether there is no decision without what a classifier says.
  private func isAsked(_ id: ClassifierID, of request: RequestInput) -> Bool {
    var request = request
    request.state.classifiers[id] = nil
    guard case .needs? = try? decider.decide(request).outcome else { return false }
    return true
  }

  private func add(
    _ attempt: AttemptRecord, _ route: RouteID, _ plan: Plan,
    to shown: inout Set<CoverageGoal.What>
  ) {
    guard plan.legs.indices.contains(attempt.leg) else { return }
    if attempt.leg > 0 { shown.insert(.fallback(route, plan.legs[attempt.leg].span)) }
    let steps = plan.calls.filter { $0.step.answers && $0.step.leg == attempt.leg }
    guard steps.indices.contains(attempt.step),
      case .tier(let ladder, let tier) = steps[attempt.step].step.role
    else { return }
    shown.insert(.tier(ladder, tier))
    for gate in attempt.gates {
      if gate.result == .failed { shown.insert(.gateFails(gate.gate)) }
      for (index, pass) in policy[ladder].tiers[tier].accepts.enumerated()
      where pass.gate == gate.gate {
        shown.insert(.gate(ladder, tier: tier, pass: index, accepts: gate.isAccepted))
      }
    }
  }
}

extension PlannedEffect {
  /// Whether it happened; a line of `stick` does where it moves the start.
  fileprivate var isShown: Bool {
    switch state {
    case .applies, .startsWith: true
    case .conditionFails, .lacks: false
    }
  }
}
