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
  private static let patience: Int64 = 30_000

  /// Climbs within what the claims of the decision set aside.
  ///
  /// The reservation is made right before the first call leaves, so a request that calls nobody sets
  /// nothing aside.
  func climb(_ budgeted: BudgetedDecision, _ climb: Climb) async -> Climbed {
    let decision = budgeted.decision
    let permits = Permits(
      ledger: service.ledger, clock: service.clock,
      reservation: reservation(
        budgeted.claims, lasting: service.runner.longest(climb, plan: decision.plan)))
    let asked = GateRequest(budgeted.decided.input)
    let record = await service.runner.run(
      climb, plan: decision.plan, request: request.asked.request, to: sink,
      permit: { await permits.permit($0, $1) },
      stop: decision.plan.stop.flatMap { service.gates.watch($0) },
      soFar: { [gates = service.gates] in gates.soFar($0, $1, asked) },
      gate: { question, answer in
        GateAnswer(
          climb.verdict(question, on: answer) {
            service.gates.evaluate(question.gate, $0, asked) ?? .failed
          })
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

/// Asks the ledger before each call of one climb: it reserves for the first, and notes for the rest.
final class Permits {
  enum Stop {
    case full(Claim, used: Int64)
    case failed(String)
  }

  private let ledger: Ledger?
  private let clock: @Sendable () -> Timestamp
  private let reservation: Reservation
  private(set) var granted: Reservation?
  private(set) var stop: Stop?

  init(ledger: Ledger?, clock: @escaping @Sendable () -> Timestamp, reservation: Reservation) {
    self.ledger = ledger
    self.clock = clock
    self.reservation = reservation
  }

  func permit(_ order: CallOrder, _ ladder: LadderMachine) async -> Bool {
    guard let ledger else { return true }
    let progress = Progress(ladder, claims: reservation.claims, isFirst: granted == nil)
    do throws(BudgetStoreFailure) {
      guard granted == nil else {
        try await ledger.note(progress, of: reservation.id)
        return true
      }
      switch try await ledger.reserve(reservation, first: progress) {
      case .granted:
        granted = reservation
        return true
      case .full(let claim, let used):
        stop = .full(claim, used: used)
        return false
      }
    } catch {
      stop = .failed(error.description)
      return false
    }
  }
}
