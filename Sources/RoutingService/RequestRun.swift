import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingGates
import RoutingLedger
import RoutingRuntime

/// One request on its way; used by one task.
final class RequestRun {
  let service: RequestService
  let request: AcceptedRequest

  init(_ service: RequestService, _ request: AcceptedRequest) {
    self.service = service
    self.request = request
  }

  func outcome() async throws(RequestFailure) -> RequestOutcome {
    if Task.isCancelled { return try await cancelled() }
    if let problem = RequestProblem.unbounded(request.asked.request) {
      return try await refuse(problem)
    }
    if let key = request.asked.idempotencyKey {
      if let outcome = try await claim(key) { return outcome }
    }
    return try await decideAndRun()
  }

  /// Decides, reserves and climbs; anew where others were quicker to reserve.
  private func decideAndRun() async throws(RequestFailure) -> RequestOutcome {
    var turn = 0
    while true {
      turn += 1
      let decided: BudgetedDecision
      do throws(DecisionFailure) {
        decided = try await service.decide(request)
      } catch {
        switch error {
        case .problem(let problem): return try await refuse(problem)
        case .counters(let reason): throw fail(reason)
        }
      }
      if let reason = decided.refusal(service.maker.words) {
        return try await refuse(decided, reason: reason)
      }
      if service.ledger == nil, let name = decided.firstCounted {
        return try await refuse(.needsLedger("the budget or limit `\(name)`"))
      }
      switch await run(decided) {
      case .notCalled(let reason): return try await refuse(decided, reason: reason)
      case .ended(let record, let reservation):
        return try await close(decided, record, reservation, failure: nil)
      case .stopped(let record, let reservation, let failure):
        return try await close(decided, record, reservation, failure: failure)
      case .full(let claim):
        guard turn < service.settings.turns else {
          return try await refuse(
            decided.refused(by: claim, in: service.decider.frozen.policy),
            reason: "budget \(claim.key.budget)")
        }
      }
    }
  }
}
