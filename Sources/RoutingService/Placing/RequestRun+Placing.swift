import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime

extension RequestRun {
  /// Claims the key and sets aside what the request may cost.
  func place(
    _ decided: PlacedDecision, lasting: Milliseconds
  ) async throws(RequestFailure) -> Placing {
    guard let ledger = service.ledger else {
      return .over(try await refuse(.needsLedger("a provider's batch")))
    }
    if let key = request.asked.idempotencyKey,
      let outcome = try await claim(key, in: ledger)
    {
      return .over(outcome)
    }
    if let outcome = try await cachedBeforeAdmission(decided.budgeted) { return .over(outcome) }
    let permits = Permits(
      ledger: ledger, reservation: reservation(decided.budgeted.claims, lasting: lasting))
    if await permits.permit(decided.machine.spending) { return .placed }
    switch permits.stop {
    case .full(let claim, let used):
      return .over(try await refuse(decided.budgeted, full: claim, used: used))
    case .failed(let reason): throw abandon(reason)
    case nil: return .over(try await cancelled())
    }
  }

  /// Climbs on from what the batch brought, within `reservation`.
  func take(
    _ brought: BroughtAnswer, _ decided: PlacedDecision, _ reservation: Reservation,
    announcing announce: @escaping @Sendable () async -> String?
  ) async throws(RequestFailure) -> RequestOutcome {
    self.brought = brought
    self.announce = announce
    let permits = Permits(adopting: reservation, in: service.ledger)
    switch await climb(Ready(decided.budgeted, decided.climb), under: permits) {
    case .ended(let record, let reservation):
      return try await close(decided.budgeted, record, reservation)
    case .stopped(let record, let reservation, let reason):
      throw await stopped(decided.budgeted, record, reservation, because: reason)
    case .full:
      preconditionFailure("what was set aside is not set aside again")
    }
  }

  /// What its first call would have cost at the usual prices, less what it did cost.
  func tellPlacing(_ entry: inout LedgerEntry, _ record: RunRecord) {
    guard brought != nil, entry.savings.saved == nil, let first = record.outcome.attempts.first,
      let usage = first.usage, case .exact(let cost) = first.cost, let model = first.model,
      let full = service.decider.frozen[model].tariff.cost(of: usage)
    else { return }
    entry.savings.saved = full - cost
  }
}
