import PolicyUnits
import RoutingBudgets
import RoutingLedger

@testable import RoutingGateway
@testable import RoutingService

/// Entries as the service makes them, for what reads them.
enum EntryMaking {
  static let id = RequestID(high: 1, low: 2)

  static func entry(_ status: LedgerEntry.Status, _ attempts: [AttemptEntry] = []) -> LedgerEntry {
    var entry = LedgerEntry(
      id: id, time: Timestamp(milliseconds: 0), status: status, currency: "USD",
      cost: .exact(Money(nanos: 12_345)))
    entry.route = "support"
    entry.attempts = attempts
    entry.modelServed = attempts.last { $0.verdict == "accepted" }?.model
    return entry
  }

  static func attempt(
    _ model: String, _ verdict: String, _ reason: String? = nil, repeats: Int64 = 1
  ) -> AttemptEntry {
    var attempt = AttemptEntry(verdict: verdict, cost: .exact(Money(nanos: 1_000)))
    attempt.model = model
    attempt.provider = "acme"
    attempt.reason = reason
    attempt.attempt = repeats
    attempt.latency = Milliseconds(250)
    attempt.firstByte = Milliseconds(100)
    attempt.tokens = TokenEntry(input: 100, cachedInput: 40, output: 20, reasoning: 5)
    if verdict == "rejected" {
      attempt.gates = [
        GateEntry(
          name: "helpful", score: nil, isAccepted: false, hasFailed: false,
          cost: .exact(Money(nanos: 0)))
      ]
    }
    return attempt
  }

  static func served(_ entry: LedgerEntry, status: Int = 200) -> ServedRequest {
    var served = ServedRequest(
      id, .chatCompletions, status: status,
      .outcome(RequestOutcome(id: id, ending: .cancelled, entry: entry, row: nil)))
    served.took = .milliseconds(300)
    served.firstByte = .milliseconds(120)
    served.bodyBytes = 77
    return served
  }
}
