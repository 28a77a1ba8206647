import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

/// Every way a request can end leaves one row and nothing set aside.
@Suite struct `Every end` {
  struct End: CustomTestStringConvertible, Sendable {
    let name: String
    let policy: String
    var script = Script()
    var question = "how do I reset my password?"
    var more = ""
    let status: LedgerEntry.Status
    let reason: String?
    /// Calls the provider sees.
    let calls: Int
    /// Whether the cost is zero, and known to be.
    var isFree = false

    var testDescription: String { name }
  }

  private static let gate = "gate impossible = answer contains \"no answer has this\"\n"
  private static let budget =
    "budget daily = $1 per tenant per day\nlimit often = 1000 requests per tenant per hour\n"

  private static func failing(_ fault: Fault) -> Script { Script(rules: [Rule(fault: fault)]) }

  static let ends: [End] = [
    End(
      name: "answered", policy: "otherwise { use cheap }", status: .answered, reason: nil, calls: 1),
    End(
      name: "cache writes without a price, under a budget",
      policy: "otherwise { use cheap }",
      more: #","tools":[{"type":"function","function":{"name":"f"},"cache_control":{"ttl":"1h"}}]"#,
      status: .refused, reason: "cache_control cheap", calls: 0, isFree: true),
    End(
      name: "climbed",
      policy: gate + """
        ladder two { tier cheap accept impossible  tier dear }
        otherwise { use two }
        """, status: .answered, reason: nil, calls: 2),
    End(
      name: "not accepted",
      policy: gate + """
        ladder two { tier cheap accept impossible  tier dear accept impossible
          on exhausted return best }
        otherwise { use two }
        """, status: .notAccepted, reason: "rejected by impossible", calls: 2),
    End(
      name: "exhausted",
      policy: gate + """
        ladder one { tier cheap accept impossible }
        otherwise { use one }
        """, status: .failed, reason: "exhausted", calls: 1),
    End(
      name: "failed", policy: "otherwise { use cheap }", script: failing(.status500),
      status: .failed, reason: "unavailable", calls: 1, isFree: true),
    End(
      name: "failed behind a proxy", policy: "otherwise { use cheap }",
      script: failing(.status502), status: .failed, reason: "unavailable", calls: 1),
    End(
      name: "turned away", policy: "otherwise { use cheap }", script: failing(.status429),
      status: .failed, reason: "limited", calls: 1, isFree: true),
    End(
      name: "filtered", policy: "otherwise { use cheap }", script: failing(.finishFiltered),
      status: .failed, reason: "filtered", calls: 1),
    End(
      name: "fell back", policy: "otherwise { use cheap fallback dear }",
      script: Script(rules: [Rule(model: "cheap", fault: .status503)]), status: .answered,
      reason: nil, calls: 2),
    End(
      name: "time up",
      policy: """
        ladder timed(max_time = 300ms) { tier patient  tier dear }
        otherwise { use timed }
        """, script: failing(.hang), status: .failed, reason: "time_up", calls: 1),
    End(
      name: "overrun", policy: "otherwise { use cheap }", script: failing(.usageInflated),
      status: .answered, reason: "overrun", calls: 1),
    End(
      name: "no usage", policy: "otherwise { use cheap }", script: failing(.usageMissing),
      status: .answered, reason: nil, calls: 1),
    End(
      name: "refused by a guard",
      policy: """
        guard secrets when prompt contains "sk-" { refuse "a key" }
        otherwise { use cheap }
        """, question: "sk-123", status: .refused, reason: "guard secrets", calls: 0, isFree: true),
    End(
      name: "refused by a route",
      policy: """
        route rude when prompt contains "damn" { refuse "no" }
        otherwise { use cheap }
        """, question: "damn", status: .refused, reason: "route rude", calls: 0, isFree: true),
    End(
      name: "emptied by a budget",
      policy: """
        budget tiny = $0.000001 per day
        otherwise { use dear }
        """, status: .refused, reason: "budget tiny", calls: 0, isFree: true),
    End(
      name: "emptied by a capability", policy: "otherwise { use patient }",
      more: #","response_format":{"type":"json_object"}"#, status: .refused, reason: "lacks json",
      calls: 0, isFree: true),
    End(
      name: "nowhere to call", policy: "otherwise { use locked }", status: .failed,
      reason: "unavailable", calls: 0, isFree: true),
    End(
      name: "many answers", policy: "otherwise { use cheap }", more: #","n":2"#,
      status: .answered, reason: nil, calls: 1),
    End(
      name: "a faster service", policy: "otherwise { use cheap }",
      more: #","service_tier":"priority""#, status: .refused,
      reason: "priced_field service_tier", calls: 0, isFree: true),
    End(
      name: "a fact of another type",
      policy: """
        facts { plan : free | paid = free }
        otherwise { use cheap }
        """, more: #","metadata":{"plan":"gold"}"#, status: .refused, reason: "fact plan", calls: 0,
      isFree: true),
  ]

  @Test(arguments: ends)
  func `leaves one row and sets nothing aside`(_ end: End) async throws {
    try await ServiceGround.with(Self.budget + end.policy, script: end.script) { ground in
      let outcome = try await ground.ask(end.question, tenant: "acme", more: end.more)
      let entry = try #require(outcome.row).entry
      #expect(entry.id == outcome.id)
      #expect(entry.status == end.status && entry.reason == end.reason, "\(entry)")
      #expect(ground.standIn.stats.calls == end.calls)
      #expect((entry.cost == .exact(.zero)) == end.isFree, "\(entry.cost)")
      #expect(
        entry.attempts.count { $0.httpStatus != nil || $0.latency.count > 0 } <= max(1, end.calls))
      try await ground.expectQuiet([entry])
    }
  }
}

extension ServiceGround {
  /// Nothing is set aside any more, and the counters are the sums of the rows' charges.
  func expectQuiet(
    _ entries: [LedgerEntry], _ place: SourceLocation = #_sourceLocation
  ) async throws {
    let ledger = try #require(ledger, sourceLocation: place)
    #expect(ledger.openRequests.isEmpty, sourceLocation: place)
    var sums: [CounterKey: Int64] = [:]
    for charge in entries.flatMap(\.charges) { sums[charge.key, default: 0] += charge.amount }
    let keys = Array(sums.keys)
    let used = try await ledger.used(keys, at: time.now)
    #expect(used == keys.map { sums[$0, default: 0] }, sourceLocation: place)
  }
}
