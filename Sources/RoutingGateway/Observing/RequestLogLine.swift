package import Logging
import PolicyUnits
import RoutingCalls
import RoutingLedger
import RoutingService

/// The one line of a request in the log.
///
/// Names of the policy, the catalog and the keys' file, figures and times: nothing of a prompt, an
/// answer or a key, and of the caller's own words only the tenant it stands for.
package enum RequestLogLine {
  package static let message: Logger.Message = "request"

  /// Requests the gateway itself could not serve are warnings; what callers got wrong is not.
  package static func level(of served: ServedRequest) -> Logger.Level {
    switch served.ending {
    case .ledger: .error
    case .overload: .warning
    case .outcome(let outcome):
      outcome.entry.status == .failed || !overbilled(outcome.entry).isEmpty ? .warning : .info
    case .problem: .info
    case .plain: .debug
    }
  }

  /// The models whose provider counts more than it may have done.
  private static func overbilled(_ entry: LedgerEntry) -> [String] {
    entry.attempts.filter(\.isOverbilled).compactMap(\.model)
  }

  package static func metadata(of served: ServedRequest) -> Logger.Metadata {
    var line: Logger.Metadata = [
      "request": "\(served.id)",
      "endpoint": "\(served.endpointWord)",
      "status": .stringConvertible(served.status),
      "outcome": "\(served.outcomeWord)",
      "streamed": .stringConvertible(served.isStreamed),
      "body_bytes": .stringConvertible(served.bodyBytes),
      "took_us": .stringConvertible(served.took.wholeMicroseconds),
    ]
    if let firstByte = served.firstByte {
      line["first_byte_us"] = .stringConvertible(firstByte.wholeMicroseconds)
    }
    switch served.ending {
    case .outcome(let outcome):
      add(outcome.entry, to: &line)
      if case .called(_, let record) = outcome.ending, let commit = record.committed {
        line["commit"] = "\(commit.rawValue)"
      }
      if case .called(_, let record) = outcome.ending,
        let call = record.calls.last(where: { $0.inward != nil }), let words = call.inward
      {
        line["upstream_problem"] = "\(call.provider): \(words)"
      }
      if let wait = outcome.commitWait {
        line["ledger_us"] = .stringConvertible(wait.wholeMicroseconds)
      }
    case .problem(let code): line["reason"] = "\(code)"
    case .overload(let overload): line["reason"] = "\(overload.reason.word)"
    case .ledger(let failure): line["reason"] = "\(failure.description)"
    case .plain: break
    }
    return line
  }

  private static func add(_ entry: LedgerEntry, to line: inout Logger.Metadata) {
    func word(_ key: String, _ value: String?) {
      if let value { line[key] = .string(value) }
    }
    func number(_ key: String, _ value: Int64) { line[key] = .stringConvertible(value) }
    word("key", entry.caller.key.map(cut))
    word("tenant", entry.caller.tenant.map(cut))
    word("route", entry.route)
    word("model", entry.modelServed)
    word("reason", entry.reason)
    word("policy", entry.fingerprints.policy)
    word("cache", entry.savings.cache)
    word("compression", entry.savings.compression)
    word("batch", entry.savings.batch.map(String.init))
    let called = entry.attempts.filter(\.wasSent)
    let answering = called.last { $0.role == .answer && $0.model == entry.modelServed }
    word("provider", answering?.provider)
    if entry.modelServed != nil, let tier = answering?.tier { number("tier", tier) }
    let steps = AttemptStep.steps(entry.attempts)
    number("calls", Int64(called.count))
    number("climbs", Int64(steps.count(where: \.isEscalation)))
    number("fallbacks", Int64(steps.count(where: \.isFallback)))
    number("retries", Int64(steps.count(where: \.isRetry)))
    let tokens = called.compactMap(\.tokens)
    if !tokens.isEmpty {
      number("input_tokens", sum(tokens.map(\.input)))
      number("output_tokens", sum(tokens.map(\.output)))
    }
    let overbilled = overbilled(entry)
    if !overbilled.isEmpty { word("overbilled", overbilled.joined(separator: " ")) }
    if let money = entry.cost.money { number("cost_nanounits", money.nanos) }
    word("cost_certainty", entry.cost.certainty.rawValue)
    word("currency", entry.currency)
  }

  private static func sum(_ numbers: [Int64]) -> Int64 {
    numbers.reduce(0) { sum, number in
      let (next, isOver) = sum.addingReportingOverflow(number)
      return isOver ? .max : next
    }
  }

  /// A tenant or a key's name is as long as its sender likes.
  private static func cut(_ name: String) -> String {
    name.utf8.count <= 128 ? name : String(name.prefix(64)) + "…"
  }
}

extension AttemptStep {
  fileprivate var isEscalation: Bool { if case .escalation = self { true } else { false } }
  fileprivate var isFallback: Bool { if case .fallback = self { true } else { false } }
  fileprivate var isRetry: Bool { if case .retry = self { true } else { false } }
}

extension Duration {
  /// Rounded down, never outside what fits.
  var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    let (micros, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return isOver ? (seconds < 0 ? .min : .max) : micros &+ attoseconds / 1_000_000_000_000
  }
}
