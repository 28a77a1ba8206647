package import CoreMetrics
import PolicyUnits
import PrometheusMetrics
import RoutingCalls
import RoutingLedger
import RoutingService
import Synchronization

/// Turns what became of requests into metrics.
///
/// Counting a request takes a few look-ups and no labels are written twice. Nothing a caller sent
/// gets into a label.
package final class GatewayMetrics: Sendable {
  let factory: any MetricsFactory
  private let requests: MeterCache<RequestMeters.Key, RequestMeters>
  private let calls: MeterCache<CallMeters.Key, CallMeters>
  private let counters: MeterCache<CounterKey, Counter>
  private let commitWait: Timer
  private let ledgerFailures: Counter
  private let version = Mutex<Meter?>(nil)
  /// As counted so far.
  let lostLines = Mutex<Int64>(0)

  /// A counter that is met now and then.
  struct CounterKey: Hashable, Sendable {
    let family: String
    let labels: [String]
  }

  package init(_ factory: any MetricsFactory) {
    self.factory = factory
    requests = MeterCache { RequestMeters($0, factory) }
    calls = MeterCache { CallMeters($0, factory) }
    counters = MeterCache { key in
      let names = GatewayMetric.all.first { $0.name == key.family }?.labels ?? []
      return Counter(
        label: key.family, dimensions: Array(zip(names, key.labels)), factory: factory)
    }
    commitWait = factory.timer(GatewayMetric.commitWait)
    ledgerFailures = factory.counter(GatewayMetric.ledgerFailures)
  }

  package func observe(_ served: ServedRequest) {
    let entry = served.outcome?.entry
    let meters = requests(
      RequestMeters.Key(
        endpoint: served.endpointWord, route: entry?.route ?? "none", status: served.status,
        outcome: served.outcomeWord, isStreamed: served.isStreamed))
    meters.count.increment()
    meters.duration.record(served.took)
    if let firstByte = served.firstByte { meters.firstByte.record(firstByte) }
    switch served.ending {
    case .outcome(let outcome):
      if let wait = outcome.commitWait { commitWait.record(wait) }
      observe(outcome.entry)
      observeCache(outcome)
    case .overload(let overload): count(GatewayMetric.overloads, overload.reason.word)
    case .ledger: ledgerFailures.increment()
    case .problem, .plain: return
    }
    observeCommit(of: served)
  }

  /// The version that decided until now is exported no more.
  func replaceVersion(_ name: String) {
    let next = factory.meter(GatewayMetric.policy, [("version", name)])
    next.set(1)
    let last = version.withLock { version in
      defer { version = next }
      return version
    }
    if let last, last !== next, last.dimensions.first?.1 != name { last.destroy() }
  }

  /// A counter of the list under these labels, in the list's order.
  func count(_ family: MetricFamily, _ labels: String..., by amount: Int64 = 1) {
    counters(CounterKey(family: family.name, labels: labels)).increment(by: amount)
  }

  private func observe(_ entry: LedgerEntry) {
    let route = entry.route ?? "none"
    for attempt in entry.attempts where attempt.wasSent { observe(attempt, in: entry) }
    for step in AttemptStep.steps(entry.attempts) {
      switch step {
      case .escalation(let gate): count(GatewayMetric.escalations, route, gate)
      case .fallback(let cause): count(GatewayMetric.fallbacks, route, cause)
      case .retry(let cause): count(GatewayMetric.retries, route, cause)
      }
    }
    if let compression = entry.savings.compression {
      let isCompressed = compression.hasSuffix(" tokens")
      count(GatewayMetric.compressions, route, isCompressed ? "compressed" : "left_alone")
    }
    if entry.savings.batch != nil {
      count(GatewayMetric.batches, route, "shared")
    } else if entry.attempts.contains(where: { $0.reason?.hasPrefix("alone ") == true }) {
      count(GatewayMetric.batches, route, "alone")
    }
    if let money = entry.cost.money {
      count(
        GatewayMetric.cost, route, entry.currency, entry.cost.certainty.rawValue,
        by: money.nanos)
    } else {
      count(GatewayMetric.unknownCost, route)
    }
    if entry.status == .refused, let budget = entry.reason.flatMap(Self.budget) {
      count(GatewayMetric.budgetRefusals, budget)
    }
  }

  private func observeCache(_ outcome: RequestOutcome) {
    guard outcome.cache != .none else { return }
    let entry = outcome.entry
    count(GatewayMetric.cacheRequests, entry.route ?? "none", outcome.cache.rawValue)
    if let look = outcome.similar {
      count(GatewayMetric.cacheSimilar, entry.route ?? "none", look.result.rawValue)
    }
    guard outcome.cache == .hit || outcome.cache == .similar, let saved = entry.savings.saved else {
      return
    }
    count(GatewayMetric.cacheSaved, entry.route ?? "none", entry.currency, by: saved.nanos)
  }

  private func observe(_ attempt: AttemptEntry, in entry: LedgerEntry) {
    let outcome = attempt.verdict == "failed" ? attempt.reason ?? "failed" : attempt.verdict
    let meters = calls(
      CallMeters.Key(
        model: attempt.model ?? "unknown", provider: attempt.provider ?? "unknown",
        role: attempt.role.rawValue, outcome: outcome, currency: entry.currency))
    meters.count.increment()
    meters.duration.record(attempt.latency)
    if let firstByte = attempt.firstByte {
      meters.firstByte.record(firstByte)
    }
    if let tokens = attempt.tokens {
      meters.input.increment(by: tokens.input)
      meters.cachedInput.increment(by: tokens.cachedInput)
      meters.cacheWrite.increment(by: tokens.cacheWrite)
      meters.cacheWrite.increment(by: tokens.cacheWriteLong)
      meters.output.increment(by: tokens.output)
      meters.reasoning.increment(by: tokens.reasoning)
      if tokens.isEstimated { meters.estimated.increment() }
    }
    if attempt.isOverbilled {
      count(
        GatewayMetric.overbilled, attempt.model ?? "unknown", attempt.provider ?? "unknown")
    }
    if let money = attempt.cost.money { meters.cost.increment(by: money.nanos) }
    for gate in attempt.gates {
      count(
        GatewayMetric.gates, gate.name,
        gate.hasFailed ? "failed" : gate.isAccepted ? "accepted" : "rejected")
    }
  }

  private func observeCommit(of served: ServedRequest) {
    guard case .outcome(let outcome) = served.ending, case .called(_, let record) = outcome.ending,
      let commit = record.committed
    else { return }
    count(GatewayMetric.commits, commit.rawValue)
    switch outcome.entry.status {
    case .cancelled: count(GatewayMetric.brokenStreams, "caller")
    case .failed: count(GatewayMetric.brokenStreams, "upstream")
    case .answered, .notAccepted, .refused, .lost: return
    }
  }

  /// The name in `budget NAME` and `limit NAME`, the words of a refused row.
  private static func budget(_ reason: String) -> String? {
    let words = reason.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0] == "budget" || words[0] == "limit" else { return nil }
    return String(words[1])
  }
}
