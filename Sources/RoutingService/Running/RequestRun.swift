import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
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
  /// What has come of its first call already; nil where that is still to be made.
  var brought: BroughtAnswer?
  /// Puts on record that calls follow what was brought, before the first of them: why that cannot be, or
  /// nil.
  var announce: (@Sendable () async -> String?)?
  /// What the plan's compressions made of the request; nil where none applied.
  var compression: RequestCompression?
  /// What the summaries among them cost.
  var summaryCost = CallCost.nothing

  init(_ service: RequestService, _ request: AcceptedRequest, to sink: (any RequestSink)?) {
    self.service = service
    self.request = request
    self.sink = sink
  }

  func outcome() async throws(RequestFailure) -> RequestOutcome {
    if let outcome = try await undecided() { return outcome }
    return try await decideAndRun()
  }

  // Functions of their own: what they look at is not held while an answer is waited for.

  /// How it ends that need not be decided; nil for most.
  @inline(never)
  private func undecided() async throws(RequestFailure) -> RequestOutcome? {
    if Task.isCancelled { return try await cancelled() }
    if let problem = unbounded { return try await refuse(problem) }
    if let key = request.asked.idempotencyKey {
      guard let ledger = service.ledger else {
        return try await refuse(.needsLedger("an idempotency key"))
      }
      if let outcome = try await claim(key, in: ledger) { return outcome }
    }
    return nil
  }

  @inline(never)
  private var unbounded: RequestProblem? { .unbounded(request.asked.request) }

  /// A decision that may be climbed.
  ///
  /// An object: what waits for an answer holds a reference to it.
  final class Ready {
    let budgeted: BudgetedDecision
    let climb: Climb

    init(_ budgeted: BudgetedDecision, _ climb: Climb) {
      self.budgeted = budgeted
      self.climb = climb
    }
  }

  private enum Standing {
    case over(RequestOutcome)
    /// Others were quicker to reserve.
    case again
    case ready(Ready)
  }

  /// Decides, reserves and climbs; anew where others were quicker to reserve.
  ///
  /// What lies before and after the climb is done by functions of their own, whose frames are gone while
  /// an answer is waited for.
  private func decideAndRun() async throws(RequestFailure) -> RequestOutcome {
    var turn = 1
    while true {
      let isLast = turn >= service.settings.turns
      switch try await stand(isLast: isLast) {
      case .over(let outcome): return outcome
      case .again: break
      case .ready(let ready):
        let climbed = await climb(ready, under: asked.permits)
        if let outcome = try await end(ready, climbed, isLast: isLast) { return outcome }
      }
      turn += 1
    }
  }

  /// Up to the first call; the last turn does not end in ``Standing/again``.
  @inline(never)
  private func stand(isLast: Bool) async throws(RequestFailure) -> Standing {
    asked = AskedBefore()
    var budgeted: BudgetedDecision
    switch await decide() {
    case .success(let decision): budgeted = decision
    case .failure(.problem(let problem)): return .over(try await refuse(problem))
    case .failure(.counters(let reason)): throw abandon(reason)
    }
    if let outcome = try await cachedBeforeAdmission(budgeted) { return .over(outcome) }
    switch await isAdmitted(budgeted) {
    case .success(true): break
    case .success(false): return .over(try await refuse(budgeted, reason: "max_cost"))
    case .failure(.problem(let problem)): return .over(try await refuse(problem))
    case .failure(.counters(let reason)): throw abandon(reason)
    }
    // A task never gives back the room its deepest call took: one that asks nobody does not take it.
    if case .needs = budgeted.decision.outcome {
      switch await classify(budgeted) {
      case .done(let decision): budgeted = decision
      case .failed(.problem(let problem)): return .over(try await refuse(problem))
      case .failed(.counters(let reason)): throw abandon(reason)
      case .stopped(let decision): return try await stopped(decision, isLast: isLast)
      }
    }
    if let outcome = try await cached(budgeted) { return .over(outcome) }
    switch ready(budgeted) {
    case .ready(let ready):
      let places = request.asked.cache.asksNobody
      guard places.isEmpty else {
        return .over(try await refuse(.notCached(places, caching.use)))
      }
      guard service.cache != nil, budgeted.decision.plan.similarCache != nil else {
        return .ready(ready)
      }
      return try await search(ready, isLast: isLast)
    case .refused(let reason): return .over(try await refuse(budgeted, reason: reason))
    case .unfit(let problem): return .over(try await refuse(problem))
    }
  }

  /// Looks among similar questions before the climb.
  @inline(never)
  private func search(_ ready: Ready, isLast: Bool) async throws(RequestFailure) -> Standing {
    let budgeted = ready.budgeted
    switch try await searchSimilar(budgeted, ready.climb) {
    case .hit(let outcome): return .over(outcome)
    case .goesOn:
      var climb = ready.climb
      climb.before = asked.spent
      sink?.decided(budgeted.decided, cache: caching.use)
      return .ready(Ready(budgeted, climb))
    case .stopped: return try await stopped(budgeted, isLast: isLast)
    }
  }

  /// What is asked before a climb was not permitted, or nobody waits for it any more.
  @inline(never)
  private func stopped(
    _ budgeted: BudgetedDecision, isLast: Bool
  ) async throws(RequestFailure) -> Standing {
    switch asked.permits?.stop {
    case .failed(let reason): throw await stopped(budgeted, because: reason)
    case .full(let claim, let used):
      guard isLast else { return .again }
      return .over(try await refuse(budgeted, full: claim, used: used))
    case nil: return .over(try await cancelled())
    }
  }

  private enum Readiness {
    case ready(Ready)
    case refused(String)
    case unfit(RequestProblem)
  }

  @inline(never)
  private func ready(_ budgeted: BudgetedDecision) -> Readiness {
    if let reason = budgeted.refusal(service.maker.words) { return .refused(reason) }
    if service.ledger == nil, let name = budgeted.firstCounted {
      return .unfit(.needsLedger("the budget or limit `\(name)`"))
    }
    guard
      var climb = Climb(
        budgeted.decision, in: service.decider.frozen, granted: Grant(budgeted.claims))
    else {
      return .refused("undecided")
    }
    climb.before = asked.spent
    if let model = climb.firstUnpriced(
      request.asked.request.cacheWrites, in: service.decider.frozen.policy)
    {
      return .unfit(.cacheWrites(model: model))
    }
    sink?.decided(budgeted.decided, cache: caching.use)
    if let gate = climb.firstGateOfSeveral(service.gates, in: service.decider.frozen.policy) {
      return .unfit(.choices(request.asked.request.choices, gate: gate))
    }
    return .ready(Ready(budgeted, climb))
  }

  /// After the last call; nil where others were quicker to reserve, and another turn follows.
  @inline(never)
  private func end(
    _ ready: Ready, _ climbed: Climbed, isLast: Bool
  ) async throws(RequestFailure) -> RequestOutcome? {
    let budgeted = ready.budgeted
    switch climbed {
    case .ended(let record, let reservation):
      return try await close(budgeted, record, reservation)
    case .stopped(let record, let reservation, let reason):
      throw await stopped(budgeted, record, reservation, because: reason)
    case .full(let claim, let used):
      if Task.isCancelled { return try await cancelled() }
      guard isLast else { return nil }
      return try await refuse(budgeted, full: claim, used: used)
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
