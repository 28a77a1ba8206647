import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingCompression
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
  func climb(_ ready: Ready, under permits: Permits? = nil) async -> Climbed {
    let permits = self.permits(ready, permits)
    // As with classifiers: who asks no model for a summary does not take the room of asking.
    guard asksForSummaries(ready) else {
      return climbed(await run(way(ready.budgeted, ready.climb, permits)), permits)
    }
    return climbed(await run(summarisedWay(ready, permits)), permits)
  }

  /// What a climb needs.
  private final class Way {
    let work: ClimbWork
    let permits: Permits
    /// What could not be reserved for a summary is not reserved for an answer either.
    let isStopped: Bool
    /// What the gates read of the request.
    let asked: GateRequest
    let asker: GateAsker

    init(_ work: ClimbWork, _ permits: Permits, _ asked: GateRequest, _ asker: GateAsker) {
      self.work = work
      self.permits = permits
      isStopped = permits.stop != nil
      self.asked = asked
      self.asker = asker
    }
  }

  // Functions of their own: what they look at is not held while an answer is waited for.

  @inline(never)
  private func permits(_ ready: Ready, _ permits: Permits?) -> Permits {
    if let permits { return permits }
    let plan = ready.budgeted.decision.plan
    let longest = service.runner.longest(ready.climb, plan: plan, waiting: plan.batch?.within)
    return Permits(
      ledger: service.ledger, reservation: reservation(ready.budgeted.claims, lasting: longest))
  }

  @inline(never)
  private func asksForSummaries(_ ready: Ready) -> Bool {
    RequestCompression.asksModels(ready.budgeted.decision.plan)
  }

  @inline(never)
  private func summarisedWay(_ ready: Ready, _ permits: Permits) async -> Way {
    let climb = await summarised(ready.budgeted, ready.climb, under: permits)
    return way(ready.budgeted, climb, permits, isCompressed: true)
  }

  @inline(never)
  private func way(
    _ budgeted: BudgetedDecision, _ climb: Climb, _ permits: Permits, isCompressed: Bool = false
  ) -> Way {
    let plan = budgeted.decision.plan
    let asked = climb.hasGates ? GateRequest(budgeted.decided.input) : .none
    if !isCompressed { compress(plan) }
    let sent = compression?.request ?? request.asked.request
    sink?.compressed(compression?.words)
    let asker = GateAsker(
      service.gates, service.vectors, runner: service.runner, request: sent, about: asked,
      plan: plan)
    let work = ClimbWork(
      climb, plan: plan, request: sent, to: sink, keepsTexts: isAnswerKept,
      stop: plan.stop.flatMap { service.gates.watch($0) },
      batching: brought == nil ? seat(budgeted.decision, sending: sent) : nil,
      bringing: brought,
      soFar: { [gates = service.gates] in gates.soFar($0, $1, asked) })
    return Way(work, permits, asked, asker)
  }

  private func run(_ way: Way) async -> RunRecord {
    await service.runner.run(
      way.work,
      permit: { spending in
        guard !way.isStopped, await isAnnounced(way.permits) else { return false }
        return await way.permits.permit(spending)
      },
      gate: { question, answer in
        // A gate that calls may be billed like any other call.
        if announce != nil, !service.gates.covers(question.gate) {
          guard await isAnnounced(way.permits) else { return GateAnswer(.failed) }
        }
        // Gates that call are asked about one answer only.
        guard answer.others.isEmpty else {
          return GateAnswer(
            way.work.climb.verdict(question, on: answer) {
              service.gates.evaluate(question.gate, $0, way.asked) ?? .failed
            })
        }
        return await way.asker.ask(question, about: answer)
      })
  }

  /// Whether whoever comes after a crash would know that calls were made; true where it need not.
  @inline(never)
  private func isAnnounced(_ permits: Permits) async -> Bool {
    guard let announce else { return true }
    if let problem = await announce() {
      permits.fail(because: problem)
      return false
    }
    return true
  }

  @inline(never)
  private func climbed(_ record: RunRecord, _ permits: Permits) -> Climbed {
    switch permits.stop {
    case .full(let claim, let used): return .full(claim, used: used)
    case .failed(let reason): return .stopped(record, permits.granted, reason)
    case nil: return .ended(record, permits.granted)
    }
  }

  /// Whether the answer's text is wanted once its caller has it.
  private var isAnswerKept: Bool {
    service.settings.textLife != nil || request.asked.idempotencyKey != nil
      || caching.key != nil || caching.question != nil
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
