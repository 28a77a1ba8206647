import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingCatalog
import RoutingLedger
import RoutingRuntime

extension EntryMaker {
  /// One entry for each call, and for each step that was skipped, in order: after an answer stands
  /// what was called to ask its gates.
  func attempts(_ record: RunRecord, under plan: Plan) -> [AttemptEntry] {
    var entries: [AttemptEntry] = []
    entries.reserveCapacity(record.outcome.attempts.count + record.asides.count)
    for index in record.outcome.attempts.indices {
      entries.append(attempt(index, record, plan))
      for call in record.asides where call.attempt == index { entries.append(aside(call.call)) }
    }
    return entries
  }

  /// A call that served an answer without being one.
  func aside(_ call: CallRecord) -> AttemptEntry {
    guard let bill = call.aside else { return AttemptEntry(verdict: "failed", cost: .unknown) }
    let verdict = words.verdict(bill.ending)
    var entry = AttemptEntry(verdict: verdict.word, cost: EntryCost(bill.cost))
    entry.role = AttemptEntry.Role(bill.role)
    entry.reason = verdict.reason
    entry.model = bill.model
    entry.priceDate = bill.modelID.flatMap { priceDate(of: $0) }
    entry.provider = call.provider
    entry.upstream = call.upstream.isEmpty ? nil : call.upstream
    entry.region = call.region
    entry.upstreamServed = call.response?.model
    // What was never sent was not called.
    entry.attempt = call.wasSent ? 1 : 0
    entry.tokens = tokens(of: bill, call)
    entry.parts = bill.parts.map { CostParts($0) } ?? CostParts()
    entry.reserved = bill.reserved
    entry.maxOutput = bill.maxOutput
    entry.httpStatus = call.status.map(Int64.init)
    entry.firstByte = call.firstByte
    entry.latency = call.latency
    return entry
  }

  private func tokens(of bill: AsideBill, _ call: CallRecord) -> TokenEntry? {
    if let usage = call.counted { return TokenEntry(usage) }
    guard case .atMost(let tokens) = bill.tokens else { return nil }
    let output = max(0, bill.maxOutput ?? 0)
    return TokenEntry(input: max(0, tokens - output), output: output, isEstimated: true)
  }

  private func attempt(_ index: Int, _ record: RunRecord, _ plan: Plan) -> AttemptEntry {
    let attempt = record.outcome.attempts[index]
    let call = record.call(ofAttempt: index)
    let verdict = words.verdict(attempt.verdict)
    var entry = AttemptEntry(verdict: verdict.word, cost: EntryCost(attempt.cost))
    entry.reason =
      call?.held.map(words.reason) ?? call?.batch.map { words.reason($0, verdict.reason) }
      ?? verdict.reason ?? (isOverbilled(attempt, under: plan) ? AttemptEntry.overbilled : nil)
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
    // What was never sent was not called.
    entry.attempt = call?.wasSent == false ? 0 : Int64(attempt.attempt)
    entry.gates = attempt.gates.indices.map { place in
      gate(
        attempt.gates[place],
        record.asides.filter { $0.attempt == index && $0.gate == place }.map(\.call))
    }
    entry.tokens = tokens(of: attempt, call)
    entry.parts = attempt.parts.map { CostParts($0) } ?? CostParts()
    entry.reserved = attempt.reserved
    entry.maxOutput = attempt.maxOutput
    entry.httpStatus = call?.status.map(Int64.init)
    entry.firstByte = call?.firstByte
    entry.latency = attempt.latency
    return entry
  }

  private func isOverbilled(_ attempt: AttemptRecord, under plan: Plan) -> Bool {
    if attempt.isOverbilled { return true }
    guard let asked = attempt.maxOutput, let used = attempt.usage?.output else { return false }
    let call = plan.calls.first { $0.step.answers && $0.step.leg == attempt.leg }
    let (most, isOver) = asked.multipliedReportingOverflow(by: call?.output.choices ?? 1)
    return !isOver && used > most
  }

  private func gate(_ record: GateRecord, _ calls: [CallRecord]) -> GateEntry {
    let score: Int64? =
      switch record.result {
      case .score(let score): score.millionths
      case .verdict, .failed: nil
      }
    return GateEntry(
      name: policy[record.gate].name, score: score, isAccepted: record.isAccepted,
      hasFailed: record.result == .failed, cost: EntryCost(record.cost),
      model: calls.compactMap { $0.aside?.model }.first, calls: Int64(calls.count))
  }

  /// The provider's figures; where it gave none, an estimate by what came, else what the call was
  /// counted at.
  ///
  /// Nil for a call nobody worked on, and where nothing bounds it.
  private func tokens(of attempt: AttemptRecord, _ call: CallRecord?) -> TokenEntry? {
    guard attempt.wasCalled, call != nil else { return nil }
    if let usage = attempt.usage { return TokenEntry(usage) }
    if let estimate = call?.estimate { return TokenEntry(estimate, isEstimated: true) }
    guard case .atMost(let tokens) = attempt.tokens else { return nil }
    let output = max(0, attempt.maxOutput ?? 0)
    return TokenEntry(input: max(0, tokens - output), output: output, isEstimated: true)
  }

  private func priceDate(of model: ModelID) -> CalendarDate? {
    catalog.models.indices.contains(model.index) ? catalog.models[model.index].priceDate : nil
  }
}

extension AttemptEntry.Role {
  init(_ role: AttemptRole) {
    self =
      switch role {
      case .answer: .answer
      case .judge: .judge
      case .classifier: .classifier
      case .compressor: .compressor
      case .scorer: .scorer
      case .shadow: .shadow
      case .embedder: .embedder
      }
  }
}

extension TokenEntry {
  fileprivate init(_ usage: RoutingRuntime.Usage, isEstimated: Bool = false) {
    self.init(
      input: usage.input, cachedInput: usage.cachedInput, cacheWrite: usage.cacheWrite,
      cacheWriteLong: usage.cacheWriteLong, output: usage.output, reasoning: usage.reasoning,
      isEstimated: isEstimated)
  }
}

extension CostParts {
  /// Exact up to nine million units of the currency for each kind.
  fileprivate init(_ cost: CostByKind) {
    self.init()
    input = Int64(clamping: cost.input)
    cachedInput = Int64(clamping: cost.cachedInput)
    cacheWrite = Int64(clamping: cost.cacheWrite)
    cacheWriteLong = Int64(clamping: cost.cacheWriteLong)
    output = Int64(clamping: cost.output)
    reasoning = Int64(clamping: cost.reasoning)
    fee = Int64(clamping: cost.fee)
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
