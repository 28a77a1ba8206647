import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// What a request does when it is its turn.
extension LifecycleSimulation {
  mutating func arriving() -> SimulatedRequest {
    let caller = Scopes.Caller(
      tenant: random.below(4), user: random.oneIn(4) ? 1_000 + started : random.below(12),
      key: random.below(6))
    let ending = RequestEnding.planned[random.below(RequestEnding.planned.count)]
    let cost = random.amount(in: Scopes.usualCost / 2...2 * Scopes.usualCost)
    let tokens = random.amount(in: 3...2 * Scopes.usualTokens)
    let expiry = clock.time.milliseconds + random.amount(in: 30_000...330_000)
    let reservation = Reservation(
      id: RequestID(at: clock.time, random: (random.next(), random.next())),
      claims: scopes.claims(of: caller, on: clock.date, cost: cost, tokens: tokens),
      time: clock.time, expiry: Timestamp(milliseconds: expiry))
    var key: IdempotencyRecord.Key?
    if random.oneIn(3) {
      key = IdempotencyRecord.Key(owner: "k\(caller.key % 2)", text: "\(random.below(4))")
    }
    return SimulatedRequest(
      reservation: reservation, ending: ending,
      calls: SimulatedRequest.Call.all(of: ending, money: cost, tokens: tokens, by: &random),
      key: key, body: random.oneIn(12) ? "another" : "body")
  }

  /// Comes one step further, unless it waits for the disk.
  mutating func move(_ id: RequestID) {
    guard let request = requests[id] else { return }
    switch request.phase {
    case .arriving: arrive(request)
    case .granted: call(request)
    case .calling: answer(request)
    case .claiming, .reserving, .noting, .closing, .releasing: break
    }
  }

  private mutating func arrive(_ request: SimulatedRequest) {
    switch request.ending {
    case .cacheHit, .refusedByGuard: return closeFree(request, as: request.ending)
    default: break
    }
    guard let key = request.key, settings.fault != .ignoresKeys else { return reserve(request) }
    let expiry = Timestamp(milliseconds: clock.time.milliseconds + 315_360_000_000)
    switch engine.claim(
      key, body: request.body, request: request.id, expiry: expiry, at: clock.time)
    {
    case .decided(let claim): claimed(request, claim)
    case .pending(let ticket): wait(request.id, .claiming, for: ticket)
    }
  }

  mutating func claimed(_ request: SimulatedRequest, _ claim: IdempotencyClaim) {
    switch claim {
    case .first: reserve(request)
    case .answered(let answer, let first):
      if answer.body != Self.answer(of: first).body { find(.otherAnswer, "of \(first)") }
      leave(request.id, as: .repeated)
    case .otherBody: leave(request.id, as: .otherBody)
    case .lost: leave(request.id, as: .keyLost)
    }
  }

  private mutating func reserve(_ request: SimulatedRequest) {
    var claims = request.reservation.claims
    if settings.fault == .omitsClaim, claims.count > 1 {
      let last = claims.count - 1
      claims[last] = Claim(key: claims[last].key, cap: .max, amount: 0)
    }
    let asked = Reservation(
      id: request.id, claims: claims, time: clock.time, expiry: request.reservation.expiry)
    var first = request.progress
    if settings.fault == .omitsClaim, claims.count > 1 { first.pending[claims.count - 1] = 0 }
    model.see(clock.time)
    do throws(LedgerFailure) {
      switch try engine.reserve(asked, first: first) {
      case .full(let claim, let used): refuse(request, claim, used: used)
      case .pending(let ticket):
        model.open(
          Reservation(
            id: request.id, claims: request.reservation.claims, time: clock.time,
            expiry: request.reservation.expiry))
        audit.progress[request.id] = first
        let leaves = settings.fault == .callsBeforeCommit
        wait(request.id, leaves ? .calling : .reserving, for: ticket)
      }
    } catch {
      find(.miscounted, "a new request could not reserve: \(error)")
    }
    checkCounters(request.reservation)
  }

  private mutating func refuse(_ request: SimulatedRequest, _ claim: Claim, used: Int64) {
    note("full \(request.id) \(claim.key.budget) \(used)")
    let fits = request.reservation.claims.allSatisfy {
      $0.amount <= $0.cap - model.used($0.key).upperBound && !$0.key.window.isOver(at: model.now)
    }
    if fits { find(.fitRefused, "`\(claim.key.budget)` with \(used) used of \(claim.cap)") }
    closeFree(request, as: .refusedByBudget)
  }

  /// A row for a request that called nobody.
  private mutating func closeFree(_ request: SimulatedRequest, as ending: RequestEnding) {
    count(ending)
    let status: LedgerEntry.Status = ending == .cacheHit ? .answered : .refused
    append(row(of: request, status, .exact(.zero)), of: request, settling: nil)
  }

  /// The first call leaves, unless the caller has gone.
  private mutating func call(_ request: SimulatedRequest) {
    guard request.ending == .cancelledBeforeSending else {
      requests[request.id]?.phase = .calling
      return
    }
    let none = request.reservation.claims.map { _ in Int64(0) }
    if settings.fault == .forgetsCancelled { return leave(request.id, as: request.ending) }
    model.see(clock.time)
    guard let ticket = engine.settle(request.id, used: none, at: clock.time) else {
      return leave(request.id, as: .expired)
    }
    model.settle(request.id, used: none, at: clock.time)
    wait(request.id, .releasing, for: ticket)
    checkCounters(request.reservation)
  }

  /// The call under way ends: its provider bills it.
  private mutating func answer(_ request: SimulatedRequest) {
    var request = request
    audit.bill(request.calls[request.made].billed.money, request.id)
    request.made += 1
    requests[request.id] = request
    checkBill(of: request)
    if request.ending == .hung {
      count(.hung)
      hung.insert(request.id)
      remove(request.id)
    } else if request.made < request.calls.count {
      again(request)
    } else {
      close(request)
    }
  }

  /// Another call, once the disk knows of it.
  private mutating func again(_ request: SimulatedRequest) {
    guard settings.fault != .skipsNotes else { return }
    do throws(LedgerFailure) {
      let ticket = try engine.note(request.progress, of: request.id)
      audit.progress[request.id] = request.progress
      wait(request.id, .noting, for: ticket)
    } catch {
      leave(request.id, as: .expired)
    }
  }

  private mutating func close(_ request: SimulatedRequest) {
    let isKnown = request.calls.allSatisfy(\.isReported)
    let used = request.used(leavingOutLast: settings.fault == .settlesTooLittle)
    let money = Money(nanos: used.first ?? 0)
    let status: LedgerEntry.Status = request.answers ? .answered : .failed
    append(
      row(of: request, status, isKnown ? .exact(money) : .atMost(money)), of: request,
      settling: Settlement(used: used, time: clock.time))
  }

  private mutating func append(
    _ entry: LedgerEntry, of request: SimulatedRequest,
    settling settlement: Settlement?
  ) {
    let isRepeatable = request.answers && settlement != nil
    if let settlement { model.see(settlement.time) }
    do throws(LedgerFailure) {
      let ticket = try engine.append(
        entry, settling: settlement,
        answering: isRepeatable && request.key != nil ? Self.answer(of: request.id) : nil)
      if let settlement { settled(request, settlement) }
      if isRepeatable { audit.answering[request.id] = request.key }
      if settings.fault == .acknowledgesBeforeCommit { audit.acknowledged.append(request.id) }
      wait(request.id, .closing, for: ticket)
    } catch {
      leave(request.id, as: .expired)
    }
  }

  private mutating func settled(_ request: SimulatedRequest, _ settlement: Settlement) {
    model.settle(request.id, used: settlement.used, at: settlement.time)
    let claims = request.reservation.claims
    audit.excess[request.id] = zip(claims, settlement.used).compactMap { claim, used in
      claim.key.window == .running || used <= claim.amount ? nil : (claim.key, used - claim.amount)
    }
    checkCounters(request.reservation)
  }

  private func row(
    of request: SimulatedRequest, _ status: LedgerEntry.Status, _ cost: EntryCost
  ) -> LedgerEntry {
    LedgerEntry(
      id: request.id, time: request.reservation.time, status: status, currency: "USD", cost: cost)
  }

  /// What the first answer of a request looks like.
  static func answer(of id: RequestID) -> IdempotencyAnswer {
    IdempotencyAnswer(status: 200, body: Array("answer of \(id)".utf8))
  }
}
