import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingGates
import RoutingLedger
import RoutingRuntime

/// What was asked of classifiers and of the cache's encoder before there was anything to climb.
struct AskedBefore {
  var calls: [CallRecord] = []
  var spent = Climb.SpentBefore()
  /// Holds the reservation; nil if nothing was asked.
  var permits: Permits?

  var wasSent: Bool { calls.contains(where: \.wasSent) }

  mutating func add(_ call: CallRecord) {
    calls.append(call)
    spent.cost = spent.cost + (call.aside?.cost ?? .nothing)
    spent.tokens = spent.tokens + (call.aside?.tokens ?? .nothing)
  }
}

extension RequestRun {
  enum Classified {
    /// Claims what was set aside before the first was asked.
    case done(BudgetedDecision)
    case failed(DecisionFailure)
    /// The ledger refused a call, or could not keep what it needs; or nobody waits any more.
    case stopped(BudgetedDecision)
  }

  /// Asks what the decision still hangs on, one classifier at a time, and decides again.
  ///
  /// What may be spent is set aside before the first call, for whatever they may say. A classifier
  /// that fails, or for which nothing is left, is what it declares for that.
  @inline(never)
  func classify(_ first: BudgetedDecision) async -> Classified {
    guard case .needs = first.decision.outcome else { return .done(first) }
    do throws(DecisionFailure) {
      let outlook = try service.outlook(first, for: request)
      asked.permits = Permits(
        ledger: service.ledger, reservation: reservation(outlook.claims, lasting: outlook.longest))
      let asker = ClassifierAsker(service.gates, service.vectors, runner: service.runner)
      var budgeted = first.claiming(outlook.claims)
      if service.ledger == nil, let name = budgeted.firstCounted {
        return .failed(.problem(.needsLedger("the budget or limit `\(name)`")))
      }
      while case .needs(let id) = budgeted.decision.outcome {
        guard case .success(let found) = await ask(id, asker, outlook, budgeted) else {
          return .stopped(budgeted)
        }
        budgeted = try service.decide(
          budgeted.decided.input,
          with: found ?? service.decider.frozen.policy[id].onFailure, of: id
        ).claiming(outlook.claims)
      }
      return .done(budgeted)
    } catch {
      return .failed(error)
    }
  }

  private struct NotPermitted: Error {}

  private func ask(
    _ id: ClassifierID, _ asker: ClassifierAsker, _ outlook: Outlook, _ budgeted: BudgetedDecision
  ) async -> Result<Int?, NotPermitted> {
    let plan = budgeted.decision.plan
    let (cost, tokens) = plan.askingCosts
    guard isLeft(cost, tokens, of: Grant(outlook.claims), outlook) else { return .success(nil) }
    let pending = Spend(money: cost ?? .zero, tokens: tokens ?? 0)
    let spending = Spending(before: asked.spent, pending: pending)
    let isPermitted = await asked.permits?.permit(spending) ?? true
    guard isPermitted, !Task.isCancelled else { return .failure(NotPermitted()) }
    let text = budgeted.decided.input.text(of: service.decider.frozen.policy[id].reads)
    let (label, call) = await asker.ask(id, text, plan: plan)
    if let call { asked.add(call) }
    return .success(label)
  }

  /// Whether what was set aside covers one more call.
  func isLeft(
    _ cost: Money?, _ tokens: Int64?, of granted: Grant, _ outlook: Outlook = .nothing
  ) -> Bool {
    let spent = asked.spent.spend
    if let most = [granted.money, outlook.moneyLeft].compactMap(\.self).min() {
      guard let cost, spent.money + cost <= most else { return false }
    }
    if let most = [granted.tokens, outlook.tokensLeft].compactMap(\.self).min() {
      guard let tokens, spent.tokens.addingOrMost(tokens) <= most else { return false }
    }
    return true
  }
}
