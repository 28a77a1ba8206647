import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// Puts the names of a policy to a decision's identifiers.
///
/// The words of effects are read out of the policy once, here: they are the same for every request.
struct DecisionNames: Sendable {
  private let explainer: Explainer
  private let policy: CheckedPolicy
  private let effects: [Span: String]

  init(_ decider: Decider, path: String) {
    let explainer = Explainer(graph: decider.graph, policyPath: path)
    self.explainer = explainer
    policy = decider.graph.policy
    var written: [Span: String] = [:]
    for arm in decider.frozen.routes.flatMap(\.arms) {
      for effect in arm.effects where effect.isWritten {
        written[effect.span] = explainer.words(effect)
      }
    }
    effects = written
  }

  func decision(_ decision: RoutingRuntime.Decision) -> Decision {
    let plan = decision.plan
    let outcome = outcome(decision)
    return Decision(
      outcome: outcome, route: route(decision), task: task(decision), arm: arm(decision),
      model: model(decision),
      tiers: outcome == .route ? plan.answering.map { tier($0, of: plan) } : [],
      effects: Explainer.lists(plan) ? plan.effects.map(effect) : [],
      budgets: decision.budgets.map(budget),
      cost: cost(decision.cost),
      refusal: refusal(decision), classifier: classifier(decision),
      policy: decision.fingerprints.policy, catalog: decision.fingerprints.catalog)
  }

  func outcome(_ decision: RoutingRuntime.Decision) -> Decision.Outcome {
    switch decision.outcome {
    case .route: .route
    case .refused: .refused
    case .needs: .needs
    }
  }

  func route(_ decision: RoutingRuntime.Decision) -> String? {
    decision.route.map { policy[$0].name }
  }

  func task(_ decision: RoutingRuntime.Decision) -> String? {
    decision.task.map { policy[$0].name }
  }

  func arm(_ decision: RoutingRuntime.Decision) -> String? { decision.arm?.name }

  func model(_ decision: RoutingRuntime.Decision) -> String? {
    guard case .route = decision.outcome else { return nil }
    return decision.plan.first.map(model)
  }

  private func refusal(_ decision: RoutingRuntime.Decision) -> Decision.Refusal? {
    guard case .refused(let refusal) = decision.outcome else { return nil }
    let (statement, code) = explainer.words(refusal)
    let place = statement.place.map { Place(path: $0.path, line: $0.line, column: $0.column) }
    return Decision.Refusal(code: code, text: statement.text, place: place)
  }

  private func classifier(_ decision: RoutingRuntime.Decision) -> String? {
    guard case .needs(let id) = decision.outcome else { return nil }
    return policy[id].name
  }

  private func model(_ call: PlannedCall) -> String { explainer.model(call) }

  private func tier(_ call: PlannedCall, of plan: Plan) -> Decision.Tier {
    let follows = call.step.leg.flatMap { leg in
      plan.legs.indices.contains(leg) ? plan.legs[leg].follows : nil
    }
    return Decision.Tier(
      step: explainer.words(call.step, of: plan),
      ladder: explainer.ladder(call.step.role),
      model: model(call), deployments: explainer.deployments(call),
      follows: follows.map(Self.names) ?? [],
      attempts: call.step.attempts, maxOutput: call.output.tokens, cost: cost(call.cost))
  }

  private static func names(_ failures: Set<CallFailure>) -> [String] {
    guard !failures.isEmpty else { return [] }
    return CallFailure.allCases.filter(failures.contains).map(\.rawValue)
  }

  private func effect(_ effect: PlannedEffect) -> Decision.Effect {
    Decision.Effect(
      text: effect.isWritten
        ? effects[effect.span] ?? explainer.words(effect) : explainer.words(effect),
      applies: effect.state.takesPart)
  }

  private func budget(_ standing: BudgetStanding) -> Decision.Budget {
    let budget = policy[standing.budget]
    let unit: Decision.Budget.Unit =
      switch budget.cap {
      case .money: .nanos
      case .requests: .requests
      case .tokens: .tokens
      case .atOnce: .atOnce
      }
    return Decision.Budget(
      name: budget.name, unit: unit, cap: standing.cap, used: standing.used, left: standing.left)
  }

  private func cost(_ cost: CostInterval) -> Decision.Cost {
    Decision.Cost(
      atLeast: amount(cost.atLeast), expected: amount(cost.expected), atMost: amount(cost.atMost))
  }

  private func amount(_ figure: CostFigure) -> Decision.Amount {
    switch figure {
    case .known(let money): .known(nanos: money.nanos, currency: policy.vocabulary.currency)
    case .unknown(let reason): .unknown(reason.words(in: policy))
    }
  }
}

extension PlannedEffect {
  /// Whether its words are those of the policy.
  fileprivate var isWritten: Bool {
    switch kind {
    case .exactCache, .similarCache, .shape, .stop, .batch, .stick, .shadow: true
    case .reserve, .calls, .dropTools, .compress: false
    }
  }
}
