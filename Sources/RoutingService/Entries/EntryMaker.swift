import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingCatalog
import RoutingLedger
import RoutingRuntime

/// Makes the row of a request out of what was decided and what was done.
///
/// Names and figures only: no text of the prompt or the answer gets into a row.
struct EntryMaker: Sendable {
  let policy: CheckedPolicy
  let catalog: Catalog
  let words: EntryWords

  init(_ policy: CheckedPolicy, _ catalog: Catalog) {
    self.policy = policy
    self.catalog = catalog
    words = EntryWords(policy)
  }

  /// A request nothing was called for.
  ///
  /// It cost nothing, and that is known.
  func refusal(
    of request: AcceptedRequest, _ decision: Decision?, reason: String, elapsed: Milliseconds
  ) -> LedgerEntry {
    var entry = head(of: request, decision, status: .refused, cost: .exact(.zero))
    entry.reason = reason
    entry.elapsed = elapsed
    return entry
  }

  /// A request that ran, whatever came of it.
  func entry(
    of request: AcceptedRequest, _ decision: Decision, _ record: RunRecord, elapsed: Milliseconds
  ) -> LedgerEntry {
    let (status, reason) = ending(of: record.outcome)
    var entry = head(of: request, decision, status: status, cost: EntryCost(record.outcome.cost))
    entry.reason = reason
    entry.modelServed = record.outcome.answering?.model.map { policy[$0].name }
    entry.attempts = attempts(record, under: decision.plan)
    if status == .answered, entry.attempts.contains(where: \.isOverbilled) {
      entry.reason = "overrun"
    }
    entry.savings.batch = record.batch.map(Int64.init)
    entry.commitPoint = record.committed?.rawValue
    entry.elapsed = elapsed
    if case .answered(_, let attempt, _) = record.outcome.ending,
      let call = record.call(ofAttempt: attempt)
    {
      let wait = max(0, elapsed.count - record.elapsed.count)
      entry.firstByte = call.firstByte.map { Milliseconds(wait + call.began.count + $0.count) }
    }
    return entry
  }

  /// An answer out of the cache: it cost nothing, and that is known.
  ///
  /// What it saved is what the request it was made for had cost, without what was asked for this one
  /// too: classifiers, and the encoder that found it.
  func hit(
    of request: AcceptedRequest, _ decision: Decision, _ hit: CachedAnswer, asked: CallCost,
    elapsed: Milliseconds
  ) -> LedgerEntry {
    var entry = head(of: request, decision, status: .answered, cost: .exact(.zero))
    entry.modelServed = hit.origin.model
    if hit.origin.currency == policy.vocabulary.currency, let cost = hit.origin.cost,
      case .exact(let asked) = asked
    {
      entry.savings.saved = Money(nanos: max(0, cost.nanos - asked.nanos))
    }
    entry.elapsed = elapsed
    return entry
  }

  /// The name of a decision's route; empty where there is none.
  func route(of decision: Decision) -> String { decision.route.map { policy[$0].name } ?? "" }

  /// The answer of an idempotency key, given again: billed with the row it repeats.
  func repetition(
    of request: AcceptedRequest, elapsed: Milliseconds, isAnswer: Bool
  ) -> LedgerEntry {
    var entry = head(
      of: request, nil, status: isAnswer ? .answered : .failed, cost: .exact(.zero))
    entry.savings.cache = "repeated"
    entry.elapsed = elapsed
    return entry
  }

  func head(
    of request: AcceptedRequest, _ decision: Decision?, status: LedgerEntry.Status,
    cost: EntryCost
  ) -> LedgerEntry {
    let asked = request.asked
    var entry = LedgerEntry(
      id: request.id, time: request.time, status: status, currency: policy.vocabulary.currency,
      cost: cost)
    entry.caller = LedgerEntry.Caller(
      tenant: asked.input.tenant ?? asked.input.key, user: asked.input.user, key: asked.input.key,
      conversation: asked.input.conversation)
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: request.fingerprints.policy, catalog: request.fingerprints.catalog,
      systemPrompt: asked.input.systemPromptFingerprint, body: request.body)
    entry.modelAsked = asked.input.model
    entry.isStreamed = asked.input.stream
    guard let decision else { return entry }
    entry.route = decision.route.map { policy[$0].name }
    entry.task = decision.task.map { policy[$0].name }
    entry.arm = decision.arm?.name
    return entry
  }

  private func ending(of outcome: LadderOutcome) -> (LedgerEntry.Status, reason: String?) {
    switch outcome.ending {
    case .answered(_, let attempt, let isAccepted):
      if isAccepted { return (.answered, nil) }
      return (.notAccepted, words.verdict(outcome.attempts[attempt].verdict).reason)
    case .exhausted: return (.failed, "exhausted")
    case .failed(let failure): return (.failed, failure.rawValue)
    case .nothingToCall(let reason): return (.refused, words.reason(reason))
    case .timeUp: return (.failed, "time_up")
    case .brokenOff(let failure): return (.failed, "broken_off \(failure.rawValue)")
    case .cancelled: return (.cancelled, nil)
    }
  }
}
