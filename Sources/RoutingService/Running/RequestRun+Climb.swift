import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingGates
import RoutingLedger
import RoutingRuntime

extension RequestRun {
  /// What came of the calls of one decision.
  enum Climbed {
    /// Others were quicker: nothing was called, nothing is set aside.
    case full(Claim, used: Int64)
    /// It ended by itself; the reservation is still open, nil if nothing was called.
    case ended(RunRecord, Reservation?)
    /// The ledger could not keep what the next call needs: that call was not made.
    case stopped(RunRecord, Reservation?, String)
  }

  /// Thirty seconds after the last deadline nobody can be waiting for a call any more.
  static let patience: Int64 = 30_000

  /// Climbs within what the claims of the decision set aside.
  ///
  /// The reservation is made right before the first call leaves, so a request that calls nobody sets
  /// nothing aside; where classifiers were asked, it was made before them, and `permits` holds it.
  func climb(
    _ budgeted: BudgetedDecision, _ climb: Climb, under permits: Permits? = nil
  ) async -> Climbed {
    let decision = budgeted.decision
    let longest = service.runner.longest(
      climb, plan: decision.plan, waiting: decision.plan.batch?.within)
    let permits =
      permits
      ?? Permits(
        ledger: service.ledger, reservation: reservation(budgeted.claims, lasting: longest))
    let asked = climb.hasGates ? GateRequest(budgeted.decided.input) : .none
    let sent = compressed(decision.plan)
    let asker = GateAsker(
      service.gates, service.vectors, runner: service.runner, request: sent,
      about: asked, plan: decision.plan)
    let record = await service.runner.run(
      climb, plan: decision.plan, request: sent, to: sink,
      permit: { await permits.permit($1.spending) },
      stop: decision.plan.stop.flatMap { service.gates.watch($0) },
      batching: seat(decision, sending: sent),
      soFar: { [gates = service.gates] in gates.soFar($0, $1, asked) },
      gate: { question, answer in
        // Gates that call are asked about one answer only.
        guard answer.others.isEmpty else {
          return GateAnswer(
            climb.verdict(question, on: answer) {
              service.gates.evaluate(question.gate, $0, asked) ?? .failed
            })
        }
        return await asker.ask(question, about: answer)
      })
    switch permits.stop {
    case .full(let claim, let used): return .full(claim, used: used)
    case .failed(let reason): return .stopped(record, permits.granted, reason)
    case nil: return .ended(record, permits.granted)
    }
  }

  func reservation(_ claims: [Claim], lasting longest: Milliseconds) -> Reservation {
    let now = service.clock()
    let (end, isTooLate) = now.milliseconds.addingReportingOverflow(longest.count)
    let (expiry, isTooMuch) = end.addingReportingOverflow(Self.patience)
    return Reservation(
      id: request.id, claims: claims, time: now,
      expiry: Timestamp(milliseconds: isTooLate || isTooMuch ? .max : expiry))
  }
}
