import PolicyGraph
import PolicySemantics
package import PolicyUnits
package import RoutingBudgets
package import RoutingCalls
import RoutingLedger
import RoutingRuntime

// A request whose first call goes into its provider's batch: looked at, placed, and gone on with when
// the batch is back, hours later and perhaps by another process.
extension RequestService {
  /// How a provider's files and batches are asked for; nil for one the catalog lacks, or without its key.
  package func batchClient(of provider: String) -> BatchClient? {
    runner.batchClient(of: provider)
  }

  /// What tells the policy and the catalog that decide from others.
  package var fingerprints: (policy: String, catalog: String) {
    (decider.frozen.fingerprints.policy, decider.frozen.fingerprints.catalog)
  }

  /// Looks whether a request can go by a batch; nothing is claimed or set aside yet.
  ///
  /// `asked` has the moment it is decided at.
  package func placeable(_ asked: AskedRequest) async throws(PlaceProblem) -> PlaceableRequest {
    var input = asked.input
    do throws(DecisionFailure) {
      try await fill(&input)
    } catch {
      throw .needsNoCall
    }
    let decided = try decidePlaced(asked, input)
    guard
      let call = runner.placed(
        decided.order, plan: decided.budgeted.decision.plan, request: decided.sent)
    else { throw .noKey(model: name(of: decided.order.model.index)) }
    let time = clock()
    var used: [String: Int64] = [:]
    for (budget, amount) in input.state.budgetUse {
      used[decider.frozen.policy[budget].name] = amount
    }
    let mark = PlacedMark(
      id: asked.id ?? RequestID(at: time, random: random()), time: time, moment: input.moment,
      used: used, place: call.place, most: decided.most)
    return PlaceableRequest(mark: mark, call: call, asked: asked)
  }

  /// The same call for a request that has been placed, made anew.
  package func call(
    of asked: AskedRequest, placed mark: PlacedMark
  ) throws(PlaceProblem) -> PlacedCall {
    let decided = try decidePlaced(asked, input(of: asked, placed: mark))
    let call = runner.placed(
      decided.order, plan: decided.budgeted.decision.plan, request: decided.sent)
    guard let call else { throw .noKey(model: mark.place.model) }
    guard call.place == mark.place else { throw .decidedOtherwise }
    return call
  }

  /// Claims the request's key and sets aside all it may cost, for `lasting` from now.
  ///
  /// When this returns ``Placing/placed``, that is on record, and the batch may be sent.
  package func place(
    _ request: PlaceableRequest, lasting: Milliseconds
  ) async throws(RequestFailure) -> Placing {
    var asked = request.asked
    // An answer that is in the cache is taken from it.
    asked.admits = { _ in true }
    let accepted = accepted(asked, request.mark)
    try await keepSources(for: accepted.id)
    let decided: PlacedDecision
    do throws(PlaceProblem) {
      decided = try decidePlaced(asked, input(of: asked, placed: request.mark))
    } catch {
      throw RequestFailure(id: accepted.id, description: "\(error)")
    }
    return try await RequestRun(self, accepted, to: nil).place(decided, lasting: lasting)
  }

  /// Goes on with a placed request: what the batch brought is its first call.
  ///
  /// Gates are asked about it, and a ladder or a fallback goes on from it, within what was set aside.
  /// Before the first call that follows `announce` puts on record that some do, so that a process that
  /// comes after a crash can ``lose(_:)`` the request; it says why it cannot. It may be asked again.
  /// Nil if it is not open any more: it has its row.
  package func take(
    _ brought: BroughtAnswer, for asked: AskedRequest, placed mark: PlacedMark,
    announcing announce: @escaping @Sendable () async -> String?
  ) async throws(RequestFailure) -> RequestOutcome? {
    guard let open = adopt(asked, mark) else { return nil }
    let decided: PlacedDecision
    do throws(PlaceProblem) {
      decided = try decidePlaced(asked, input(of: asked, placed: mark))
    } catch {
      throw RequestFailure(id: mark.id, description: "\(error)")
    }
    guard decided.budgeted.claims.map(\.amount) == open.reservation.claims.map(\.amount),
      name(of: decided.order.model.index) == mark.place.model
    else {
      throw RequestFailure(
        id: mark.id, description: PlaceProblem.decidedOtherwise.description)
    }
    try await keepSources(for: mark.id)
    let run = RequestRun(self, accepted(asked, mark), to: nil)
    return try await run.take(brought, decided, open.reservation, announcing: announce)
  }

  /// Ends a request whose process died while calls followed its batch.
  ///
  /// It becomes a row `lost`, at what may have been billed; its key goes on standing for it.
  /// Nothing happens to one that is not open any more.
  package func lose(_ mark: PlacedMark) async throws(RequestFailure) {
    guard let ledger, let open = ledger.adopt(mark.id) else { return }
    let claims = open.reservation.claims
    let used = zip(open.progress.used, open.progress.pending).map { used, pending in
      let sum = used.addingReportingOverflow(pending)
      return sum.overflow ? Int64.max : sum.partialValue
    }
    let money = zip(claims, used).filter { $0.0.key.unit == .money }.map(\.1).max()
    let time = clock()
    var entry = LedgerEntry(
      id: mark.id, time: mark.time, status: .lost,
      currency: decider.frozen.policy.vocabulary.currency,
      cost: .atMost(money.map { Money(nanos: $0) } ?? mark.most))
    entry.reason = "died while calls followed a provider's batch"
    let elapsed = time.milliseconds.subtractingReportingOverflow(mark.time.milliseconds)
    entry.elapsed = Milliseconds(elapsed.overflow ? 0 : max(0, elapsed.partialValue))
    do throws(LedgerFailure) {
      try await ledger.append(entry, settling: Settlement(used: used, time: time))
    } catch {
      throw RequestFailure(id: mark.id, description: error.description)
    }
  }

  /// Gives back what was set aside for a request whose batch was never sent; its key is free again.
  package func giveBack(
    _ asked: AskedRequest, placed mark: PlacedMark
  ) async throws(RequestFailure) {
    guard let ledger else { return }
    guard let open = adopt(asked, mark) else {
      // It may have its key and nothing set aside: the process died in between.
      return
    }
    do throws(BudgetStoreFailure) {
      try await ledger.settle(
        mark.id, used: open.reservation.claims.map { _ in 0 }, at: clock())
    } catch {
      throw RequestFailure(id: mark.id, description: error.description)
    }
  }

  /// Whether what was set aside for it still counts.
  package func isOpen(_ mark: PlacedMark) -> Bool {
    ledger?.adopt(mark.id) != nil
  }

  /// For how long what was set aside for an open request counts in all; nil if none has this name.
  package func lasting(of id: RequestID) -> Milliseconds? {
    guard let open = ledger?.adopt(id) else { return nil }
    let (length, isTooLong) = open.reservation.expiry.milliseconds.subtractingReportingOverflow(
      open.reservation.time.milliseconds)
    return Milliseconds(isTooLong ? .max : length)
  }

  private func adopt(_ asked: AskedRequest, _ mark: PlacedMark) -> OpenRequest? {
    let key = asked.idempotencyKey.map { text in
      IdempotencyRecord.Key(owner: asked.keyOwner, text: text)
    }
    return ledger?.adopt(mark.id, key: key)
  }

  private func accepted(_ asked: AskedRequest, _ mark: PlacedMark) -> AcceptedRequest {
    let waited = clock().milliseconds.subtractingReportingOverflow(mark.time.milliseconds)
    return AcceptedRequest(
      asked, id: mark.id, time: mark.time, fingerprints: decider.frozen.fingerprints,
      waited: Milliseconds(waited.overflow ? 0 : max(0, waited.partialValue)))
  }

  /// The input as it was when the request was placed.
  private func input(of asked: AskedRequest, placed mark: PlacedMark) -> RequestInput {
    var input = asked.input
    input.moment = mark.moment
    for index in decider.frozen.policy.budgets.indices {
      input.state.budgetUse[BudgetID(index)] =
        mark.used[decider.frozen.policy.budgets[index].name]
    }
    return input
  }
}
