import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingCatalog
import RoutingLedger
import RoutingRuntime

// A request for vectors: one embedder its caller names, under the same guards, budgets, limits and
// rows as a chat.
extension RequestRun {
  func embedding(
    _ wanted: EmbeddingsRequest
  ) async throws(RequestFailure) -> (RequestOutcome, EmbeddingsResponse?) {
    if Task.isCancelled { return (try await cancelled(), nil) }
    if wanted.texts.isEmpty, !service.decider.frozen.policy.guards.isEmpty {
      return (try await refuse(.unreadableTokens), nil)
    }
    if let key = request.asked.idempotencyKey {
      guard let ledger = service.ledger else {
        return (try await refuse(.needsLedger("an idempotency key")), nil)
      }
      if let outcome = try await claim(key, in: ledger) { return (outcome, nil) }
    }
    var turn = 1
    while true {
      let budgeted: BudgetedDecision
      let plan: EmbeddingPlan
      switch await decide(wanted) {
      case .success(let decided): (budgeted, plan) = decided
      case .failure(.problem(let problem)): return (try await refuse(problem), nil)
      case .failure(.counters(let reason)): throw abandon(reason)
      }
      if let reason = budgeted.refusal(service.maker.words) {
        return (try await refuse(budgeted, reason: reason), nil)
      }
      if service.ledger == nil, let name = budgeted.firstCounted {
        return (try await refuse(.needsLedger("the budget or limit `\(name)`")), nil)
      }
      guard let embedder = embedder(plan) else {
        return (try await refuse(budgeted, reason: "undecided"), nil)
      }
      let (climbed, answer) = await call(embedder, plan, budgeted, wanted)
      switch climbed {
      case .ended(let record, let reservation):
        return (try await close(budgeted, record, reservation, embedder, answer), answer)
      case .stopped(let record, let reservation, let reason):
        throw await stopped(budgeted, record, reservation, because: reason)
      case .full(let claim, let used):
        if Task.isCancelled { return (try await cancelled(), nil) }
        turn += 1
        guard turn <= service.settings.turns else {
          return (try await refuse(budgeted, full: claim, used: used), nil)
        }
      }
    }
  }

  private func decide(
    _ wanted: EmbeddingsRequest
  ) async -> Result<(BudgetedDecision, EmbeddingPlan), DecisionFailure> {
    do throws(DecisionFailure) {
      return .success(try await service.decide(request, for: wanted))
    } catch {
      return .failure(error)
    }
  }

  private func embedder(_ plan: EmbeddingPlan) -> CatalogEmbedder? {
    let all = service.maker.catalog.embedders
    guard let id = plan.embedder, all.indices.contains(id.index) else { return nil }
    return all[id.index]
  }

  private func call(
    _ embedder: CatalogEmbedder, _ plan: EmbeddingPlan, _ budgeted: BudgetedDecision,
    _ wanted: EmbeddingsRequest
  ) async -> (Climbed, EmbeddingsResponse?) {
    let permits = Permits(
      ledger: service.ledger,
      reservation: reservation(budgeted.claims, lasting: service.runner.longest(embedder)))
    let climb = plan.climb(in: service.decider.frozen, granted: Grant(budgeted.claims))
    let run = await service.runner.embed(
      wanted, by: embedder, at: plan.deployments, climb,
      permit: { await permits.permit($0) })
    switch permits.stop {
    case .full(let claim, let used): return (.full(claim, used: used), nil)
    case .failed(let reason): return (.stopped(run.record, permits.granted, reason), nil)
    case nil: return (.ended(run.record, permits.granted), run.answer)
    }
  }

  private func close(
    _ budgeted: BudgetedDecision, _ record: RunRecord, _ reservation: Reservation?,
    _ embedder: CatalogEmbedder, _ answer: EmbeddingsResponse?
  ) async throws(RequestFailure) -> RequestOutcome {
    var entry = entry(budgeted, record)
    for index in entry.attempts.indices {
      entry.attempts[index].model = embedder.name
      entry.attempts[index].priceDate = embedder.priceDate
    }
    if answer != nil { entry.modelServed = embedder.name }
    let body = answer?.body(model: embedder.name)
    var kept = self.answer(record)
    if request.asked.idempotencyKey != nil, let body {
      kept = IdempotencyAnswer(status: IdempotencyAnswer.answered, body: body)
    }
    let row = try await keep(
      entry, settling: settlement(of: reservation, record, budgeted), answering: kept,
      saying: body)
    return RequestOutcome(
      id: request.id, ending: .called(budgeted.decided, record), entry: entry, row: row,
      commitWait: commitWait)
  }
}
