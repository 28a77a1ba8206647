import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingRuntime

extension RequestService {
  /// Outcomes that are looked at for one request at most: beyond, a classifier is taken as failed.
  static let mostOutcomes = 256

  /// What a request may come to, whatever its classifiers say.
  ///
  /// A classifier the budgets leave nothing for is taken as failed. O(outcomes × a decision).
  func outlook(
    _ budgeted: BudgetedDecision, for request: AcceptedRequest
  ) throws(DecisionFailure) -> Outlook {
    var left = Self.mostOutcomes
    return try outlook(budgeted, for: request, &left)
  }

  private func outlook(
    _ budgeted: BudgetedDecision, for request: AcceptedRequest, _ left: inout Int
  ) throws(DecisionFailure) -> Outlook {
    left -= 1
    let decision = budgeted.decision
    switch decision.outcome {
    case .refused:
      // It calls nothing, and what asks for the label is counted all the same.
      return Outlook(
        try claimsOfAsking(budgeted), decision, in: decider.frozen.policy,
        longest: Milliseconds(0))
    case .route:
      guard let climb = Climb(decision, in: decider.frozen) else { return .nothing }
      return Outlook(
        budgeted.claims, decision, in: decider.frozen.policy,
        longest: runner.longest(climb, plan: decision.plan))
    case .needs(let id):
      let classifier = decider.frozen.policy[id]
      var all = Outlook.nothing
      for label in classifier.labels.indices where left > 0 || label == classifier.onFailure {
        let next = try decide(budgeted.decided.input, with: label, of: id)
        all.add(try outlook(next, for: request, &left))
      }
      let (cost, tokens) = decision.plan.askingCosts
      let asked = all.after(cost, tokens, taking: ClassifierAsker.limit(classifier))
      return left > 0 ? asked ?? all : all
    }
  }

  private func claimsOfAsking(
    _ budgeted: BudgetedDecision
  ) throws(DecisionFailure) -> [Claim] {
    let input = budgeted.decided.input
    let facts = try facts(of: input)
    do throws(UnboundedClaim) {
      return try counters.claims(
        of: budgeted.decision, for: input, facts, cost: .zero, tokens: 0
      ).filter { $0.key.unit == .money || $0.key.unit == .tokens }
    } catch {
      throw .problem(.unbounded(error))
    }
  }

  /// Decides again with a label that is known by now.
  func decide(
    _ input: RequestInput, with label: Int, of classifier: ClassifierID
  ) throws(DecisionFailure) -> BudgetedDecision {
    var input = input
    input.state.classifiers[classifier] = label
    return try decideFilled(input)
  }
}

extension Plan {
  /// The most the one call of a decision that needs a label may come to; nothing for a service.
  var askingCosts: (cost: Money?, tokens: Int64?) {
    guard let call = calls.first else { return (.zero, 0) }
    guard call.isKept else { return (nil, nil) }
    return (call.cost.atMost.money, call.tokensAtMost)
  }
}
