import PolicyGraph
import PolicySemantics
package import PolicyUnits
import RoutingBudgets
import RoutingRuntime

extension RequestService {
  /// The most a request may cost as it would be decided now: every attempt bills, every gate asks,
  /// shadows and classifiers included; nil if nothing bounds it.
  ///
  /// Nothing is called. Zero for a request that would be refused. O(outcomes × a decision).
  package func worstCost(of asked: AskedRequest) async -> Money? {
    let time = clock()
    let request = AcceptedRequest(
      asked, id: asked.id ?? RequestID(at: time, random: random()), time: time,
      fingerprints: decider.frozen.fingerprints)
    do throws(DecisionFailure) {
      return try worstCost(of: await decide(request))
    } catch {
      return nil
    }
  }

  /// The same of a request that has been decided.
  func worstCost(of budgeted: BudgetedDecision) throws(DecisionFailure) -> Money? {
    var left = Self.mostOutcomes
    return try worstCost(of: budgeted, &left)
  }

  private func worstCost(
    of budgeted: BudgetedDecision, _ left: inout Int
  ) throws(DecisionFailure) -> Money? {
    left -= 1
    // Of more outcomes than are looked at nobody knows the dearest.
    guard left >= 0 else { return nil }
    let decision = budgeted.decision
    switch decision.outcome {
    case .refused: return .zero
    case .route: return decision.cost.atMost.money
    case .needs(let id):
      guard let asking = decision.plan.askingCosts.cost else { return nil }
      var most = Money.zero
      for label in decider.frozen.policy[id].labels.indices {
        let next = try decide(budgeted.decided.input, with: label, of: id)
        guard let cost = try worstCost(of: next, &left) else { return nil }
        most = max(most, cost)
      }
      return asking + most
    }
  }
}
