import AnswerSimilarity
import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingCatalog
import RoutingLedger
import RoutingRuntime

// After the reservation and before the climb: the encoder costs something, so it is asked under the
// same reservation as all that follows. One that fails or is late is a miss.
extension RequestRun {
  enum Searched {
    /// It is answered.
    case hit(RequestOutcome)
    /// It has to be asked; what was called for it is in `asked`.
    case goesOn
    /// The ledger did not permit the call.
    case stopped
  }

  /// The answer to a similar question; nearness proposes, guards decide.
  func searchSimilar(
    _ budgeted: BudgetedDecision, _ climb: Climb
  ) async throws(RequestFailure) -> Searched {
    let plan = budgeted.decision.plan
    guard let cache = service.cache, let rule = plan.similarCache else { return .goesOn }
    let controls = request.asked.cache
    guard !(controls.refusesOld && controls.keepsNothing),
      let (place, reading) = place(budgeted.decision, rule, controls)
    else {
      if caching.use == .none { caching.use = .skip }
      return .goesOn
    }
    let isFirst = caching.use == .none
    if isFirst { caching.use = controls.refusesOld ? .refresh : .miss }
    caching.ticket = caching.ticket ?? cache.store.ticket()
    let vector: UnitVector?
    switch await self.vector(of: place.question, rule, budgeted, climb) {
    case .failure: return .stopped
    case .success(let made): vector = made
    }
    guard let vector else {
      return note(.failed, rule, isFirst: isFirst, in: cache, budgeted)
    }
    let question = SimilarQuestion(at: place, vector)
    if controls.keepsNothing {
      if isFirst { caching.use = .skip }
    } else {
      caching.question = question
      caching.similarLifetime = lifetime(rule.rule, controls)
      caching.similarCrossesTenants = rule.rule.scope == .shared
    }
    guard !controls.refusesOld else { return .goesOn }
    return try await look(for: question, reading, rule, isFirst: isFirst, in: cache, budgeted)
  }

  private func look(
    for question: SimilarQuestion, _ reading: QuestionReading, _ rule: Plan.SimilarCache,
    isFirst: Bool, in cache: AnswerCache,
    _ budgeted: BudgetedDecision
  ) async throws(RequestFailure) -> Searched {
    let found = await cache.store.near(question, atLeast: rule.threshold)
    let after = request.asked.cache.oldest.map { request.time.before(seconds: $0) }
    var stopped: (candidate: SimilarCandidate, word: String)?
    for candidate in found.candidates {
      if let difference = reading.difference(from: QuestionReading(candidate.question)) {
        if stopped == nil { stopped = (candidate, difference.rawValue) }
        continue
      }
      guard let answer = await cache.store.answer(of: candidate, after: after) else { continue }
      let look = self.look(.hit, rule, candidate, stopped?.word)
      guard let outcome = try await give(answer, budgeted, after: look) else { continue }
      let route = service.maker.route(of: budgeted.decision)
      cache.store.countSimilar(route, isHit: true, isFirst: isFirst)
      return .hit(outcome)
    }
    return note(
      stopped == nil ? .miss : .guarded, rule, stopped?.candidate ?? found.nearest, stopped?.word,
      isFirst: isFirst, in: cache, budgeted)
  }

  private func note(
    _ result: SimilarLook.Result, _ rule: Plan.SimilarCache, _ nearest: SimilarCandidate? = nil,
    _ stopped: String? = nil, isFirst: Bool, in cache: AnswerCache, _ budgeted: BudgetedDecision
  ) -> Searched {
    caching.look = look(result, rule, nearest, stopped)
    let route = service.maker.route(of: budgeted.decision)
    cache.store.countSimilar(route, isHit: false, isFirst: isFirst)
    return .goesOn
  }

  private func look(
    _ result: SimilarLook.Result, _ rule: Plan.SimilarCache, _ nearest: SimilarCandidate?,
    _ stopped: String?
  ) -> SimilarLook {
    SimilarLook(
      result: result, encoder: service.decider.frozen.policy[rule.encoder].name,
      threshold: rule.threshold,
      nearest: nearest.map {
        SimilarLook.Near(similarity: $0.similarity, request: $0.request)
      }, stopped: stopped)
  }

  // MARK: Where it is looked for

  /// Nil where a similar question is none of this one's: it is no plain text, or too long.
  private func place(
    _ decision: Decision, _ rule: Plan.SimilarCache, _ controls: CacheControls
  ) -> (SimilarPlace, QuestionReading)? {
    let catalog = service.maker.catalog
    let input = request.asked.input
    let text = input.text(of: .question)
    // A question too long to be looked for is not read either.
    guard input.imageCount == 0, SimilarPlace.holds(text),
      catalog.embedders.indices.contains(rule.encoder.index),
      let situation = situation(decision, rule.rule, controls)
    else { return nil }
    let embedder = catalog.embedders[rule.encoder.index]
    let reading = QuestionReading(text)
    let place = SimilarPlace(
      request.asked.request.json, input, in: situation,
      encoder: SimilarEncoder(embedder.name, at: embedder.deployments) {
        catalog.provider(named: $0)?.baseURL
      },
      language: reading.language)
    // What guards read and what is compared is one text.
    guard let place, place.question.utf8.elementsEqual(text.utf8) else { return nil }
    return (place, reading)
  }

  // MARK: The call

  private struct NotPermitted: Error {}

  /// Nil if the encoder gave none, or may not be asked.
  private func vector(
    of question: String, _ rule: Plan.SimilarCache, _ budgeted: BudgetedDecision, _ climb: Climb
  ) async -> Result<UnitVector?, NotPermitted> {
    let plan = budgeted.decision.plan
    let embedder = service.maker.catalog.embedders[rule.encoder.index]
    guard let planned = plan.calls.firstIndex(where: { $0.isKept && $0.step.role == .embedder }),
      let rests = service.cache?.rests, !rests.isResting(embedder.name, at: service.clock())
    else { return .success(nil) }
    let call = plan.calls[planned]
    let (cost, tokens) = (call.cost.atMost.money, call.tokensAtMost)
    guard isLeft(cost, tokens, of: Grant(budgeted.claims)) else { return .success(nil) }
    let limit = AsideDeadlines.question
    if asked.permits == nil {
      let longest = service.runner.longest(climb, plan: plan)
      asked.permits = Permits(
        ledger: service.ledger,
        reservation: reservation(
          budgeted.claims, lasting: Milliseconds(longest.count.addingOrMost(limit.count))))
    }
    let pending = Spend(money: cost ?? .zero, tokens: tokens ?? 0)
    let spending = Spending(before: asked.spent, pending: pending)
    let isPermitted = await asked.permits?.permit(spending) ?? true
    guard isPermitted, !Task.isCancelled else { return .failure(NotPermitted()) }
    var (numbers, record) = await service.runner.embed(
      question, as: planned, of: plan, within: limit)
    let vector = numbers.flatMap { numbers in
      embedder.dimensions.map { $0 == numbers.count } ?? true ? UnitVector(numbers) : nil
    }
    if numbers != nil, vector == nil { record?.aside?.ending = .unreadable }
    if let record { asked.add(record) }
    if !Task.isCancelled {
      rests.tell(embedder.name, isGood: vector != nil, at: service.clock())
    }
    return .success(vector)
  }
}
