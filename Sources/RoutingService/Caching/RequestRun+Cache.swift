import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingLedger
import RoutingRuntime

/// What one request has to do with the cache.
struct CacheTurn {
  var use = CacheUse.none
  /// Where its answer is to be kept; nil if it is not.
  var key: CacheKey?
  /// Taken before anything is asked: what is purged from then on is not kept.
  var ticket: AnswerStore.Ticket?
  var lifetime = Milliseconds(0)
  /// Whether what is kept is given to other tenants too.
  var crossesTenants = false
  /// Held by the one request of many that asks; let go, it passes to the next.
  var lead: FlightLead?
  /// What the look among similar questions came to; nil if there was none.
  var look: SimilarLook?
  /// The question its answer is to be found by; nil if it is not.
  var question: SimilarQuestion?
  /// Of the similar line.
  var similarLifetime = Milliseconds(0)
  var similarCrossesTenants = false

  /// For the ledger; nil where no cache had to do with it.
  var words: String? {
    switch use {
    case .none: nil
    case .hit: "exact"
    case .similar: look?.words ?? "similar"
    case .miss: look?.words ?? "miss"
    case .refresh, .skip: use.rawValue
    }
  }
}

// After the decision and before anything is reserved: a hit is free, so it is given out even where a
// budget has nothing left.
extension RequestRun {
  /// The answer of an earlier request; nil if this one has to ask.
  func cached(_ budgeted: BudgetedDecision) async throws(RequestFailure) -> RequestOutcome? {
    guard looks(for: budgeted) else { return nil }
    return try await look(for: budgeted)
  }

  // Functions of their own: a task keeps the room of its deepest call, and most requests look nowhere.

  @inline(never)
  private func looks(for budgeted: BudgetedDecision) -> Bool {
    if service.cache != nil, usableRule(budgeted.decision) != nil { return true }
    caching = CacheTurn(use: hasSkippedRule(budgeted.decision) ? .skip : .none)
    return false
  }

  @inline(never)
  private func look(
    for budgeted: BudgetedDecision
  ) async throws(RequestFailure) -> RequestOutcome? {
    guard let cache = service.cache, let rule = usableRule(budgeted.decision) else { return nil }
    let controls = request.asked.cache
    guard let key = key(budgeted.decision, rule, controls) else {
      caching = CacheTurn(use: .skip)
      return nil
    }
    // Decided anew because others were quicker to reserve: it leads already.
    if caching.key == key, caching.lead != nil { return nil }
    caching = CacheTurn(use: controls.refusesOld ? .refresh : .miss)
    caching.ticket = cache.store.ticket()
    let route = service.maker.route(of: budgeted.decision)
    let after = controls.oldest.map { request.time.before(seconds: $0) }
    if !controls.refusesOld {
      let answer = await cache.store.answer(key, route: route, after: after)
      if let answer, let hit = try await give(answer, budgeted) { return hit }
    }
    guard controls.asksNobody.isEmpty else { return nil }
    guard !controls.keepsNothing else {
      caching.use = .skip
      return nil
    }
    // Who cannot ask anyway keeps nobody waiting.
    guard case .route = budgeted.decision.outcome else { return nil }
    caching.key = key
    caching.crossesTenants = rule.scope == .shared
    caching.lifetime = lifetime(rule, controls)
    guard !controls.refusesOld else { return nil }
    return try await wait(for: key, in: cache, budgeted, route, after)
  }

  /// The answer of an earlier request, for one that has to be admitted: a hit needs no room.
  ///
  /// It waits for nobody: who waits for room and for another request at once could wait for ever.
  func cachedBeforeAdmission(
    _ budgeted: BudgetedDecision
  ) async throws(RequestFailure) -> RequestOutcome? {
    guard request.asked.admits != nil, let cache = service.cache,
      let rule = usableRule(budgeted.decision), !request.asked.cache.refusesOld,
      let key = key(budgeted.decision, rule, request.asked.cache)
    else { return nil }
    let after = request.asked.cache.oldest.map { request.time.before(seconds: $0) }
    let route = service.maker.route(of: budgeted.decision)
    guard let answer = await cache.store.answer(key, route: route, after: after) else { return nil }
    return try await give(answer, budgeted)
  }

  /// Waits while another request asks the same.
  private func wait(
    for key: CacheKey, in cache: AnswerCache, _ budgeted: BudgetedDecision, _ route: String,
    _ after: Timestamp?
  ) async throws(RequestFailure) -> RequestOutcome? {
    switch await cache.flight.turn(for: key, patience: patience(budgeted)) {
    case .lead(let lead):
      caching.lead = lead
      // Between the look-up and this word another may have ended.
      guard let answer = cache.store.inMemory(key, route: route, after: after) else { return nil }
      lead.end(with: answer)
      caching.lead = nil
      return try await give(answer, budgeted)
    case .answer(let answer, let similarity):
      return try await give(answer, budgeted, near: similarity)
    case .late: return nil
    case .cancelled: return try await cancelled()
    }
  }

  /// As long as its own calls might take.
  private func patience(_ budgeted: BudgetedDecision) -> Duration {
    let climb = Climb(
      budgeted.decision, in: service.decider.frozen, granted: Grant(budgeted.claims))
    guard let climb else { return .zero }
    return .milliseconds(service.runner.longest(climb, plan: budgeted.decision.plan).count)
  }

  // MARK: What may be looked up

  /// The cache line that applies, of a request that is to be answered, or would be if there were money.
  private func usableRule(_ decision: Decision) -> CacheRule? {
    guard let rule = decision.plan.exactCache else { return nil }
    switch decision.outcome {
    case .route, .refused(.byBudget): return rule
    case .refused(.emptied(let reason)): return reason.isShortOfBudget ? rule : nil
    case .refused(.byGuard), .refused(.byRoute), .refused(.unreadable), .needs: return nil
    }
  }

  /// As long as the policy says, or less at the caller's word.
  func lifetime(_ rule: CacheRule, _ controls: CacheControls) -> Milliseconds {
    min(rule.lifetime, controls.lifetime.map { Milliseconds(seconds: $0) } ?? rule.lifetime)
  }

  func hasSkippedRule(_ decision: Decision) -> Bool {
    decision.plan.effects.contains { effect in
      switch effect.kind {
      case .exactCache, .similarCache: effect.state != .applies
      case .reserve, .compress, .shape, .dropTools, .calls, .stop, .batch, .shadow, .stick: false
      }
    }
  }

  private func key(
    _ decision: Decision, _ rule: CacheRule, _ controls: CacheControls
  ) -> CacheKey? {
    situation(decision, rule, controls).flatMap {
      CacheKey(request.asked.request.json, request.asked.input, in: $0)
    }
  }

  /// What of the request's place in the cache is beside its body.
  func situation(
    _ decision: Decision, _ rule: CacheRule, _ controls: CacheControls
  ) -> CacheKey.Situation? {
    guard let route = decision.route,
      let arm = service.arms[route, decision.arm?.index ?? 0]
    else { return nil }
    return CacheKey.Situation(
      partition: CachePartition(rule.scope, of: request.asked.input), arm: arm,
      variant: CacheKey.Situation.variant(of: decision.plan), namespace: controls.namespace)
  }

  // MARK: Giving and keeping

  /// Gives the answer of a request that waited for another, or was the same.
  private func give(
    _ answer: CachedAnswer, _ budgeted: BudgetedDecision, near similarity: Score? = nil
  ) async throws(RequestFailure) -> RequestOutcome? {
    guard let similarity, let rule = budgeted.decision.plan.similarCache else {
      return try await give(answer, budgeted, after: nil)
    }
    let look = SimilarLook(
      result: .hit, encoder: service.decider.frozen.policy[rule.encoder].name,
      threshold: rule.threshold,
      nearest: SimilarLook.Near(similarity: similarity, request: answer.origin.request),
      stopped: nil)
    return try await give(answer, budgeted, after: look)
  }

  /// Gives an answer out, unless a guard keeps its model from this text.
  ///
  /// `look` found it by its question.
  func give(
    _ answer: CachedAnswer, _ budgeted: BudgetedDecision, after look: SimilarLook?
  ) async throws(RequestFailure) -> RequestOutcome? {
    let policy = service.decider.frozen.policy
    let mayAnswer = budgeted.decision.plan.calls.contains { call in
      guard call.step.answers, let model = call.model else { return false }
      return policy[model].name == answer.origin.model && call.dropReason?.isGuard != true
    }
    guard mayAnswer, let response = service.cache?.readings.response(of: answer) else { return nil }
    if look != nil { caching.lead?.end(with: answer, similarity: look?.nearest?.similarity) }
    caching = CacheTurn(use: look == nil ? .hit : .similar)
    caching.look = look
    sink?.decided(budgeted.decided, cache: caching.use)
    return try await close(budgeted, answer, response)
  }

  /// Keeps an answer that may be given again, and tells those who wait for it.
  func keepAnswer(_ record: RunRecord, _ budgeted: BudgetedDecision) {
    defer { caching.lead = nil }
    guard let cache = service.cache, let ticket = caching.ticket,
      caching.key != nil || caching.question != nil
    else { return }
    if let question = caching.question,
      let answer = storable(
        record, budgeted.decision, for: caching.similarLifetime,
        crossesTenants: caching.similarCrossesTenants)
    {
      cache.store.keep(answer, for: question, since: ticket)
    }
    guard let key = caching.key,
      let answer = storable(
        record, budgeted.decision, for: caching.lifetime, crossesTenants: caching.crossesTenants),
      cache.store.keep(answer, under: key, since: ticket)
    else { return }
    caching.lead?.end(with: answer)
  }

  /// An accepted answer that is complete: every choice ended by itself, none calls a tool or refuses.
  ///
  /// `crossesTenants` where it would be given to other tenants too.
  private func storable(
    _ record: RunRecord, _ decision: Decision, for lifetime: Milliseconds, crossesTenants: Bool
  ) -> CachedAnswer? {
    guard case .answered(_, let attempt, isAccepted: true) = record.outcome.ending,
      !Task.isCancelled,
      // What a tenant's other requests may have swayed is nobody else's answer.
      !(crossesTenants && record.call(ofAttempt: attempt)?.isShared == true),
      let answer = record.answer, let model = record.outcome.answering?.model,
      answer.choices.count == Int(request.asked.request.choices),
      answer.choices.allSatisfy({
        $0.finish == .stop && $0.toolCalls.isEmpty && $0.refusal == nil && !$0.text.isEmpty
      })
    else { return nil }
    let now = service.clock()
    var cost: Money?
    if case .exact(let money) = record.outcome.cost { cost = money }
    return CachedAnswer(
      body: answer.body,
      origin: CachedAnswer.Origin(
        request: request.id, route: service.maker.route(of: decision),
        tenant: request.asked.input.tenant ?? request.asked.input.key,
        model: service.maker.policy[model].name, cost: cost,
        currency: service.maker.policy.vocabulary.currency,
        tokens: answer.usage.map {
          CachedAnswer.Tokens(input: $0.prompt, cachedInput: $0.cached, output: $0.completion)
        }),
      stored: now, expiry: now.after(lifetime.count))
  }
}

extension Timestamp {
  func before(seconds: Int64) -> Timestamp {
    let (span, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
    let (start, isTooEarly) = milliseconds.subtractingReportingOverflow(span)
    return Timestamp(milliseconds: isTooLong || isTooEarly ? .min : start)
  }
}

extension Milliseconds {
  fileprivate init(seconds: Int64) {
    let (count, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
    self.init(isTooLong ? .max : count)
  }
}
