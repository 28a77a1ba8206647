import JSONReading
import OpenAIWire
import PolicyGraph
import PolicyUnits
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingCompression
import RoutingLedger
import RoutingRuntime

// Every way a request ends: its row, its settlement and its idempotency key in one commit.
extension RequestRun {
  private var elapsed: Milliseconds {
    Milliseconds(
      Milliseconds(ContinuousClock.now - request.began).count + request.waited.count)
  }

  /// It ran, and is over.
  func close(
    _ budgeted: BudgetedDecision, _ record: RunRecord, _ reservation: Reservation?
  ) async throws(RequestFailure) -> RequestOutcome {
    var record = record
    record.before = asked.calls
    record.compression = compression?.words
    let entry = entry(budgeted, record)
    let row = try await keep(
      entry, settling: settlement(of: reservation, record, budgeted),
      answering: answer(record),
      saying: service.settings.textLife == nil ? nil : record.answer?.body)
    keepAnswer(record, budgeted)
    leave(budgeted, record)
    return RequestOutcome(
      id: request.id, ending: .called(budgeted.decided, record), entry: entry, row: row,
      commitWait: commitWait, cache: caching.use, similar: caching.look)
  }

  /// It was answered out of the cache.
  func close(
    _ budgeted: BudgetedDecision, _ hit: CachedAnswer, _ response: ChatResponse
  ) async throws(RequestFailure) -> RequestOutcome {
    var entry = service.maker.hit(
      of: request, budgeted.decision, hit, asked: asked.spent.cost, elapsed: elapsed)
    entry.savings.cache = caching.words
    entry.facts = budgeted.facts
    tellAsked(&entry)
    var kept: IdempotencyAnswer?
    if request.asked.idempotencyKey != nil {
      let name = RequestOutcome.name(of: response, request.id, served: hit.origin.model)
      kept = IdempotencyAnswer(status: IdempotencyAnswer.answered, body: response.body(as: name))
    }
    let row = try await keep(
      entry, settling: askedSettlement, answering: kept, saying: hit.body)
    let given = CachedHit(
      hit, response, age: hit.age(at: service.clock()).count / 1000, spent: asked.spent.cost,
      calls: asked.calls.count(where: \.wasSent), similarity: caching.look?.nearest?.similarity)
    return RequestOutcome(
      id: request.id, ending: .cached(budgeted.decided, given), entry: entry, row: row,
      commitWait: commitWait, cache: caching.use, similar: caching.look)
  }

  /// What outlives the answer: which model the conversation goes on with, and its shadows.
  private func leave(_ budgeted: BudgetedDecision, _ record: RunRecord) {
    if let model = record.outcome.answering?.model {
      service.memory.stick.keep(
        model, budgeted.decided, in: service.decider.frozen.policy, at: service.clock())
    }
    guard record.calls.contains(where: \.wasSent), !Task.isCancelled,
      let shadows = ShadowRun(
        service, request, sending: compression?.request ?? request.asked.request,
        budgeted.decision, budgeted.claims)
    else { return }
    _ = service.memory.beside.start { await shadows.run() }
  }

  /// The ledger failed before a later call: what was spent is settled as soon as it can be.
  func stopped(
    _ budgeted: BudgetedDecision, _ record: RunRecord, _ reservation: Reservation?,
    because reason: String
  ) async -> RequestFailure {
    guard reservation != nil else { return abandon(reason) }
    var entry = entry(budgeted, record)
    entry.status = .failed
    entry.reason = "ledger_unavailable"
    // The row is tried again until it is kept, so its failure changes nothing here. Its key stands for
    // the failure from then on: asking again would pay again.
    _ = try? await keep(
      entry, settling: settlement(of: reservation, record, budgeted), answering: answer(record),
      saying: nil)
    return RequestFailure(id: request.id, description: reason)
  }

  /// The ledger failed while classifiers were asked.
  func stopped(_ budgeted: BudgetedDecision, because reason: String) async -> RequestFailure {
    guard asked.permits?.granted != nil else { return abandon(reason) }
    var entry = service.maker.refusal(
      of: request, budgeted.decision, reason: "ledger_unavailable", elapsed: elapsed)
    entry.status = .failed
    entry.facts = budgeted.facts
    tellAsked(&entry)
    // The row is tried again until it is kept, so its failure changes nothing here.
    _ = try? await keep(entry, settling: askedSettlement, answering: nil, saying: nil)
    return RequestFailure(id: request.id, description: reason)
  }

  /// What asking classifiers took, where nothing else was called.
  private func tellAsked(_ entry: inout LedgerEntry) {
    guard !asked.calls.isEmpty else { return }
    entry.attempts = asked.calls.map { service.maker.aside($0) }
    entry.cost = EntryCost(asked.spent.cost)
  }

  private var askedSettlement: Settlement? {
    asked.permits?.granted.map { reservation in
      Settlement(
        used: reservation.claims.map {
          $0.used(asked.spent.cost, asked.spent.tokens, wasSent: asked.wasSent)
        }, time: service.clock())
    }
  }

  /// Nothing was called, on purpose.
  func refuse(
    _ budgeted: BudgetedDecision, reason: String
  ) async throws(RequestFailure) -> RequestOutcome {
    var entry = service.maker.refusal(
      of: request, budgeted.decision, reason: reason, elapsed: elapsed)
    entry.facts = budgeted.facts
    tellAsked(&entry)
    let row = try await keep(entry, settling: askedSettlement, answering: nil, saying: nil)
    let ending: RequestOutcome.Ending =
      budgeted.full.map { .full(budgeted.decided, $0) } ?? .notCalled(budgeted.decided)
    return RequestOutcome(
      id: request.id, ending: ending, entry: entry, row: row, commitWait: commitWait)
  }

  /// Others were quicker, again and again.
  func refuse(
    _ budgeted: BudgetedDecision, full claim: Claim, used: Int64
  ) async throws(RequestFailure) -> RequestOutcome {
    let reason = service.maker.words.reason(claim)
    let refused = try await refuse(budgeted, reason: reason)
    let full = FullBudget(claim, used: used, at: budgeted.decided.input.moment)
    return RequestOutcome(
      id: request.id, ending: .full(budgeted.decided, full), entry: refused.entry, row: refused.row,
      commitWait: commitWait)
  }

  func refuse(_ problem: RequestProblem) async throws(RequestFailure) -> RequestOutcome {
    var entry = service.maker.refusal(of: request, nil, reason: problem.reason, elapsed: elapsed)
    tellAsked(&entry)
    let row = try await keep(entry, settling: askedSettlement, answering: nil, saying: nil)
    return RequestOutcome(
      id: request.id, ending: .unfit(problem), entry: entry, row: row, commitWait: commitWait)
  }

  /// Nobody waited for it any more before anything was decided.
  func cancelled() async throws(RequestFailure) -> RequestOutcome {
    var entry = service.maker.refusal(of: request, nil, reason: "cancelled", elapsed: elapsed)
    entry.status = .cancelled
    entry.reason = nil
    tellAsked(&entry)
    let row = try await keep(entry, settling: askedSettlement, answering: nil, saying: nil)
    return RequestOutcome(
      id: request.id, ending: .cancelled, entry: entry, row: row, commitWait: commitWait)
  }

  func `repeat`(
    _ answer: IdempotencyAnswer, of first: RequestID
  ) async throws(RequestFailure) -> RequestOutcome {
    let entry = service.maker.repetition(
      of: request, elapsed: elapsed, isAnswer: answer.status == IdempotencyAnswer.answered)
    let row = try await keep(entry, settling: nil, answering: nil, saying: nil)
    return RequestOutcome(
      id: request.id, ending: .repeated(answer, of: first), entry: entry, row: row,
      commitWait: commitWait)
  }

  /// Ends without a row, because there is no ledger to write it to.
  func abandon(_ reason: String) -> RequestFailure {
    service.ledger?.abandon(request.id)
    return RequestFailure(id: request.id, description: reason)
  }

  func entry(_ budgeted: BudgetedDecision, _ record: RunRecord) -> LedgerEntry {
    var entry = service.maker.entry(of: request, budgeted.decision, record, elapsed: elapsed)
    entry.facts = budgeted.facts
    entry.savings.cache = caching.words
    tellCompression(&entry, record, budgeted.decision.plan)
    tellPlacing(&entry, record)
    entry.attempts.insert(contentsOf: asked.calls.map { service.maker.aside($0) }, at: 0)
    return entry
  }

  func settlement(
    of reservation: Reservation?, _ record: RunRecord, _ budgeted: BudgetedDecision
  ) -> Settlement? {
    guard let reservation else { return nil }
    let wasSent = asked.wasSent || record.calls.contains(where: \.wasSent)
    return Settlement(
      used: reservation.claims.map {
        $0.used(record.outcome.cost, record.outcome.tokens, wasSent: wasSent)
      }, time: service.clock())
  }

  /// Keeps the row; whoever asked may be gone, it is kept all the same.
  func keep(
    _ entry: LedgerEntry, settling settlement: Settlement?,
    answering answer: IdempotencyAnswer?, saying text: [UInt8]?
  ) async throws(RequestFailure) -> ChainedEntry? {
    guard let ledger = service.ledger else { return nil }
    // A text that cannot be kept must not keep the row from being tried until it is.
    let lostText = await keepText(answer: text, in: ledger)
    let began = ContinuousClock.now
    do throws(LedgerFailure) {
      let row = try await ledger.append(entry, settling: settlement, answering: answer)
      commitWait = ContinuousClock.now - began
      if let lostText { throw lostText }
      return row
    } catch {
      throw RequestFailure(id: request.id, description: error.description)
    }
  }

  /// Keeps what was asked and answered, where that is wanted.
  private func keepText(answer: [UInt8]?, in ledger: Ledger) async -> LedgerFailure? {
    guard let life = service.settings.textLife else { return nil }
    do throws(LedgerFailure) {
      try await ledger.keep(
        KeptText(
          request: request.id, prompt: request.asked.request.json.bytes, answer: answer,
          expiry: service.clock().after(life)))
      return nil
    } catch {
      return error
    }
  }
}
