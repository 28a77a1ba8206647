import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingCatalog
import RoutingLedger
import RoutingRuntime

extension EntryMaker {
  /// One entry for each call, and for each step that was skipped, in order.
  func attempts(_ record: RunRecord, under plan: Plan) -> [AttemptEntry] {
    record.outcome.attempts.indices.map { attempt($0, record, plan) }
  }

  private func attempt(_ index: Int, _ record: RunRecord, _ plan: Plan) -> AttemptEntry {
    let attempt = record.outcome.attempts[index]
    let call = record.call(ofAttempt: index)
    let verdict = words.verdict(attempt.verdict)
    var entry = AttemptEntry(verdict: verdict.word, cost: EntryCost(attempt.cost))
    entry.reason = verdict.reason
    entry.model = attempt.model.map { policy[$0].name }
    entry.priceDate = attempt.model.flatMap { priceDate(of: $0) }
    entry.provider = call?.provider
    entry.upstream = call?.upstream
    entry.region = call?.region
    entry.upstreamServed = call?.response?.model
    if plan.legs.indices.contains(attempt.leg) {
      entry.ladder = plan.legs[attempt.leg].ladder.map { policy[$0].name }
      entry.isFallback = attempt.leg > 0
    }
    if entry.ladder != nil { entry.tier = Int64(attempt.step) + 1 }
    entry.attempt = Int64(attempt.attempt)
    entry.gates = attempt.gates.map(gate)
    entry.tokens = tokens(of: attempt, call, plan)
    entry.reserved = attempt.reserved
    entry.maxOutput = attempt.maxOutput
    entry.httpStatus = call?.status.map(Int64.init)
    entry.firstByte = call?.firstByte
    entry.latency = attempt.latency
    return entry
  }

  private func gate(_ record: GateRecord) -> GateEntry {
    let score: Int64? =
      switch record.result {
      case .score(let score): score.millionths
      case .verdict, .failed: nil
      }
    return GateEntry(
      name: policy[record.gate].name, score: score, isAccepted: record.isAccepted,
      hasFailed: record.result == .failed, cost: EntryCost(record.cost))
  }

  /// The provider's figures; where it gave none, what the call was counted at.
  ///
  /// Nil for a call nobody worked on.
  func tokens(of attempt: AttemptRecord, _ call: CallRecord?, _ plan: Plan) -> TokenEntry? {
    guard attempt.wasCalled, let call else { return nil }
    switch attempt.cost {
    case .exact:
      guard let counted = call.counted else { return nil }
      return TokenEntry(counted)
    case .atMost, .unknown:
      let input = plan.calls.indices.contains(call.planned) ? plan.calls[call.planned].input : nil
      return TokenEntry(
        input: max(0, input?.bound ?? 0), output: max(0, attempt.maxOutput ?? 0), isEstimated: true)
    }
  }

  /// Everything a limit on tokens counts; saturates.
  func tokens(_ record: RunRecord, under plan: Plan) -> Int64 {
    var sum: Int64 = 0
    for (index, attempt) in record.outcome.attempts.enumerated() {
      let tokens = tokens(of: attempt, record.call(ofAttempt: index), plan)?.total ?? 0
      let (more, isTooMuch) = sum.addingReportingOverflow(tokens)
      sum = isTooMuch ? .max : more
    }
    return sum
  }

  private func priceDate(of model: ModelID) -> CalendarDate? {
    catalog.models.indices.contains(model.index) ? catalog.models[model.index].priceDate : nil
  }
}

extension TokenEntry {
  fileprivate init(_ usage: RoutingRuntime.Usage) {
    self.init(
      input: usage.input, cachedInput: usage.cachedInput, cacheWrite: usage.cacheWrite,
      output: usage.output, reasoning: usage.reasoning)
  }

  /// All that a limit on tokens counts.
  var total: Int64 {
    let (sum, isTooMuch) = input.addingReportingOverflow(output)
    return isTooMuch ? .max : sum
  }
}

extension EntryCost {
  init(_ cost: CallCost) {
    switch cost {
    case .exact(let money): self = .exact(money)
    case .atMost(let money): self = .atMost(money)
    case .unknown: self = .unknown
    }
  }
}
