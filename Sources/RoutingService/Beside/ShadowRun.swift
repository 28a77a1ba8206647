import JSONReading
import OpenAIWire
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime

/// Asks the shadows of one request after its answer is on record: paid for, recorded in rows of their
/// own, never returned.
struct ShadowRun: Sendable {
  private let service: RequestService
  private let request: AcceptedRequest
  /// What the answering models were sent.
  private let chat: ChatRequest
  private let decision: Decision
  /// Those of the request that are counted in money or tokens: a shadow is no request of a caller.
  private let claims: [Claim]
  /// Indices into the plan's calls.
  private let calls: [Int]

  /// Nil if none is asked for this request: by a hash of its id, as many as the share says.
  init?(
    _ service: RequestService, _ request: AcceptedRequest, sending chat: ChatRequest,
    _ decision: Decision, _ claims: [Claim]
  ) {
    let shadows = decision.plan.calls.indices.filter { decision.plan.calls[$0].shadowShare != nil }
    // Most plans have none, and need no hash.
    guard service.ledger != nil, !shadows.isEmpty else { return nil }
    let hash = StableHash.digest(ofFields: ["shadow", request.id.description]).millionth
    calls = shadows.filter { index in
      decision.plan.calls[index].shadowShare.map { hash < $0.millionths } ?? false
    }
    guard !calls.isEmpty else { return nil }
    self.service = service
    self.request = request
    self.chat = chat
    self.decision = decision
    self.claims = claims.filter { $0.key.unit == .money || $0.key.unit == .tokens }
  }

  func run() async {
    for call in calls { await ask(call) }
  }

  private func ask(_ index: Int) async {
    guard let ledger = service.ledger else { return }
    let call = decision.plan.calls[index]
    let now = service.clock()
    let id = RequestID(at: now, random: service.random())
    let claims = claims.compactMap { $0.of(call) }
    let longest = AsideDeadlines.shadow.count.addingOrMost(RequestRun.patience)
    let reservation = Reservation(
      id: id, claims: claims, time: now, expiry: now.after(longest))
    let progress = Progress(
      Spending(before: Climb.SpentBefore(), pending: call.most), claims: claims, isFirst: true)
    guard claims.count == self.claims.count else {
      return await keep(service.maker.unasked(id, now, of: request, decision, "unbounded"))
    }
    do throws(BudgetStoreFailure) {
      switch try await ledger.reserve(reservation, first: progress) {
      case .granted: break
      case .full(let claim, _):
        let reason = service.maker.words.reason(claim)
        return await keep(service.maker.unasked(id, now, of: request, decision, reason))
      }
    } catch {
      return ledger.abandon(id)
    }
    let record = await service.runner.shadow(index, of: decision.plan, chat)
    let bill = record?.aside
    let settlement = Settlement(
      used: claims.map {
        $0.used(
          bill?.cost ?? .nothing, bill?.tokens ?? .nothing, wasSent: record?.wasSent ?? false)
      }, time: service.clock())
    await keepText(of: record, id, in: ledger)
    await keep(
      service.maker.shadow(id, now, of: request, decision, record), settling: settlement)
  }

  /// A ledger that fails tries the row again by itself.
  private func keep(_ entry: LedgerEntry, settling settlement: Settlement? = nil) async {
    _ = try? await service.ledger?.append(entry, settling: settlement)
  }

  /// What it would have answered, where texts are kept.
  private func keepText(of record: CallRecord?, _ id: RequestID, in ledger: Ledger) async {
    guard let life = service.settings.textLife, let answer = record?.response else { return }
    try? await ledger.keep(
      KeptText(
        request: id, prompt: request.asked.request.json.bytes, answer: answer.body,
        expiry: service.clock().after(life)))
  }
}

extension PlannedCall {
  /// Of how many requests it is asked; nil unless it is a shadow that was kept.
  fileprivate var shadowShare: Share? {
    guard isKept, case .shadow(let share) = step.role else { return nil }
    return share
  }
}

extension Claim {
  /// What one call may use of the same counter; nil if nobody can bound it.
  fileprivate func of(_ call: PlannedCall) -> Claim? {
    let most: Int64? =
      switch key.unit {
      case .money: call.cost.atMost.money?.nanos
      case .tokens: call.tokensAtMost
      case .requests, .atOnce: 0
      }
    return most.map { Claim(key: key, cap: cap, amount: $0) }
  }
}
