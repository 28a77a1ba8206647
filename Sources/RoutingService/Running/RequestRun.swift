import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCompression
import RoutingGates
import RoutingLedger
import RoutingRuntime

/// One request on its way; used by one task.
final class RequestRun {
  let service: RequestService
  let request: AcceptedRequest
  let sink: (any RequestSink)?
  /// How long its row took to be kept; nil until then.
  var commitWait: Duration?
  /// What was asked before the climb; empty in each turn that begins.
  var asked = AskedBefore()
  /// What the cache is to it.
  var caching = CacheTurn()
  /// What the plan's compressions made of the request; nil where none applied.
  var compression: RequestCompression?

  init(_ service: RequestService, _ request: AcceptedRequest, to sink: (any RequestSink)?) {
    self.service = service
    self.request = request
    self.sink = sink
  }

  func outcome() async throws(RequestFailure) -> RequestOutcome {
    if Task.isCancelled { return try await cancelled() }
    if let problem = RequestProblem.unbounded(request.asked.request) {
      return try await refuse(problem)
    }
    if let key = request.asked.idempotencyKey {
      guard let ledger = service.ledger else {
        return try await refuse(.needsLedger("an idempotency key"))
      }
      if let outcome = try await claim(key, in: ledger) { return outcome }
    }
    return try await decideAndRun()
  }

  /// Decides, reserves and climbs; anew where others were quicker to reserve.
  private func decideAndRun() async throws(RequestFailure) -> RequestOutcome {
    var turn = 1
    while true {
      asked = AskedBefore()
      var budgeted: BudgetedDecision
      switch await decide() {
      case .success(let decision): budgeted = decision
      case .failure(.problem(let problem)): return try await refuse(problem)
      case .failure(.counters(let reason)): throw abandon(reason)
      }
      if let outcome = try await cachedBeforeAdmission(budgeted) { return outcome }
      switch await isAdmitted(budgeted) {
      case .success(true): break
      case .success(false): return try await refuse(budgeted, reason: "max_cost")
      case .failure(.problem(let problem)): return try await refuse(problem)
      case .failure(.counters(let reason)): throw abandon(reason)
      }
      switch await classify(budgeted) {
      case .done(let decision): budgeted = decision
      case .failed(.problem(let problem)): return try await refuse(problem)
      case .failed(.counters(let reason)): throw abandon(reason)
      case .stopped(let decision):
        switch asked.permits?.stop {
        case .failed(let reason): throw await stopped(decision, because: reason)
        case .full(let claim, let used):
          turn += 1
          guard turn <= service.settings.turns else {
            return try await refuse(decision, full: claim, used: used)
          }
          continue
        case nil: return try await cancelled()
        }
      }
      if let outcome = try await cached(budgeted) { return outcome }
      if let reason = budgeted.refusal(service.maker.words) {
        return try await refuse(budgeted, reason: reason)
      }
      if service.ledger == nil, let name = budgeted.firstCounted {
        return try await refuse(.needsLedger("the budget or limit `\(name)`"))
      }
      guard
        var climb = Climb(
          budgeted.decision, in: service.decider.frozen, granted: Grant(budgeted.claims))
      else {
        return try await refuse(budgeted, reason: "undecided")
      }
      climb.before = asked.spent
      if let model = climb.firstUnpriced(
        request.asked.request.cacheWrites, in: service.decider.frozen.policy)
      {
        return try await refuse(.cacheWrites(model: model))
      }
      sink?.decided(budgeted.decided, cache: caching.use)
      let choices = request.asked.request.choices
      if let gate = climb.firstGateOfSeveral(service.gates, in: service.decider.frozen.policy) {
        return try await refuse(.choices(choices, gate: gate))
      }
      switch await self.climb(budgeted, climb, under: asked.permits) {
      case .ended(let record, let reservation):
        return try await close(budgeted, record, reservation)
      case .stopped(let record, let reservation, let reason):
        throw await stopped(budgeted, record, reservation, because: reason)
      case .full(let claim, let used):
        if Task.isCancelled { return try await cancelled() }
        turn += 1
        guard turn <= service.settings.turns else {
          return try await refuse(budgeted, full: claim, used: used)
        }
      }
    }
  }

  /// Whether whoever asked can afford what it may cost; what is refused anyway costs nothing.
  private func isAdmitted(_ budgeted: BudgetedDecision) async -> Result<Bool, DecisionFailure> {
    guard let admits = request.asked.admits, budgeted.refusal(service.maker.words) == nil else {
      return .success(true)
    }
    do throws(DecisionFailure) {
      return .success(await admits(try service.worstCost(of: budgeted)))
    } catch {
      return .failure(error)
    }
  }

  private func decide() async -> Result<BudgetedDecision, DecisionFailure> {
    do throws(DecisionFailure) {
      return .success(try await service.decide(request))
    } catch {
      return .failure(error)
    }
  }
}
