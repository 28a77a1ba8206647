import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Synchronization
import Testing

/// Many requests at a time under budgets far too small for them.
@Suite(.serialized) struct `Under pressure` {
  private static let small = #","max_tokens":16"#

  /// What one request sets aside, asked of an open ledger.
  private func reservation(_ policy: String) async throws -> Int64 {
    var amount: Int64 = 0
    try await ServiceGround.with("budget daily = $1 per tenant per day\n" + policy) { ground in
      let outcome = try await ground.ask("question 1000", tenant: "probe", more: Self.small)
      amount = try #require(outcome.row?.entry.attempts.first?.reserved).nanos
    }
    return amount
  }

  @Test func `no budget is passed, and none is left unused`() async throws {
    let policy = "otherwise { use cheap }"
    let each = try await reservation(policy)
    // The first request of an unknown tenant is among them.
    let cap = each * 64
    try await ServiceGround.with(
      "budget daily = $\(dollars(cap)) per tenant per day\n" + policy
    ) { ground in
      let rows = try await ground.askMany(640, atOnce: 256) { "question \(1000 + $0)" }
      let spent = rows.flatMap(\.charges).reduce(0) { $0 + $1.amount }
      #expect(spent <= cap, "\(spent) of \(cap)")
      let answered = rows.filter { $0.status == .answered }
      #expect(answered.count >= 64, "\(answered.count) answered")
      #expect(
        rows.allSatisfy { $0.status == .answered || $0.reason == "budget daily" },
        "\(Set(rows.map { "\($0.status) \($0.reason ?? "")" }))")
      try await ground.expectQuiet(rows)
      ground.expectSameAsProvider(rows)
    }
  }

  @Test func `requests are counted to the last one`() async throws {
    let policy = "limit often = 50 requests per tenant per hour\notherwise { use cheap }"
    try await ServiceGround.with(policy) { ground in
      let rows = try await ground.askMany(500, atOnce: 256) { "question \($0)" }
      #expect(rows.count { $0.status == .answered } == 50)
      #expect(rows.count { $0.reason == "limit often" } == 450)
      try await ground.expectQuiet(rows)
    }
  }

  @Test func `no more run at once than may`() async throws {
    let script = Script(rules: [Rule(delay: 20)])
    let policy = "limit few = 8 at once per tenant\notherwise { use cheap }"
    try await ServiceGround.with(policy, script: script) { ground in
      let rows = try await ground.askMany(200, atOnce: 64) { "question \($0)" }
      let answered = rows.count { $0.status == .answered }
      #expect(answered >= 8 && answered < 200)
      #expect(ground.standIn.stats.calls == answered)
      #expect(rows.allSatisfy { $0.charges.isEmpty })
      try await ground.expectQuiet(rows)
      // All is quiet: the next one gets through.
      try await expect(.answered, of: ground)
    }
  }

  @Test func `tokens are counted, and the answer is cut to what is left`() async throws {
    let policy = "limit flow = 1k tokens per tenant per day\notherwise { use cheap }"
    try await ServiceGround.with(policy) { ground in
      let rows = try await ground.askMany(100, atOnce: 32) { "question \($0)" }
      let used = rows.flatMap(\.charges).reduce(0) { $0 + $1.amount }
      #expect(used > 0 && used <= 1000, "\(used)")
      #expect(rows.contains { $0.status == .answered })
      #expect(rows.contains { $0.reason == "limit flow" })
      try await ground.expectQuiet(rows)
      ground.expectSameAsProvider(rows)
    }
  }

  @Test func `what is used of a budget turns the route`() async throws {
    let policy = """
      budget daily = $0.0001 per tenant per day
      route saving when daily.used >= 50% { use cheap max_output 16 tokens }
      otherwise { use cheap max_output 64 tokens }
      """
    try await ServiceGround.with(policy) { ground in
      var routes: [String] = []
      for number in 0..<200 {
        let entry = try #require(try await ground.ask("question \(number)", tenant: "acme").row)
          .entry
        guard entry.status == .answered else { break }
        routes.append(entry.route ?? "")
      }
      #expect(routes.first == "otherwise" && routes.last == "saving", "\(routes.count) requests")
      let turn = routes.firstIndex(of: "saving") ?? 0
      #expect(routes[turn...].allSatisfy { $0 == "saving" })
      // Another tenant has used nothing.
      let other = try await ground.ask("hello", tenant: "globex")
      #expect(other.row?.entry.route == "otherwise")
    }
  }

  @Test func `a refusal says what is left and when it frees, whoever noticed`() async throws {
    let cases = [
      (
        "limit often = 1 requests per tenant per hour", "1 request an hour", "0 requests left, this"
      ),
      ("budget daily = $0.0005 per tenant per day", "$0.0005 a day", "left, too little"),
      ("limit flow = 400 tokens per tenant per week", "400 tokens a week", "left, too little"),
    ]
    for (budget, cap, left) in cases {
      try await ServiceGround.with(budget + "\notherwise { use cheap }") { ground in
        for number in 0..<200 {
          let outcome = try await ground.ask("question \(number)", tenant: "acme")
          switch outcome.ending {
          case .called: continue
          case .full(_, let full):
            let words = full.message(currency: "USD")
            #expect(words.contains(" of \(cap) for tenant `acme` has "), "\(words)")
            #expect(words.contains(left) && words.contains("; resets in "), "\(words)")
            return
          case .notCalled, .cached, .repeated, .unfit, .cancelled: break
          }
          Issue.record("\(outcome.ending)")
          return
        }
        Issue.record("never full: \(budget)")
      }
    }
  }

  @Test func `two policies share the counters of a budget both name`() async throws {
    let disk = MemoryDisk()
    let time = SharedTime()
    let ledger = try Ledger(disk: disk, clock: { time.now })
    let limit = "limit often = 3 requests per tenant per hour\n"
    try await ServiceGround.with(limit + "otherwise { use cheap }", on: ledger, time) { first in
      try await ServiceGround.with(limit + "otherwise { use dear }", on: ledger, time) { second in
        for ground in [first, second, first] {
          try await expect(.answered, of: ground)
        }
        for ground in [first, second] { try await expect(.refused, of: ground) }
        let fingerprints = Set(disk.now.rows.map(\.entry.fingerprints.policy))
        #expect(fingerprints.count == 2)
      }
    }
    await ledger.close()
  }

  private func expect(_ status: LedgerEntry.Status, of ground: ServiceGround) async throws {
    let outcome = try await ground.ask("hello", tenant: "acme")
    #expect(outcome.row?.entry.status == status)
  }

  private func dollars(_ nanos: Int64) -> String {
    let fraction = String(nanos % 1_000_000_000)
    return "\(nanos / 1_000_000_000)."
      + String(repeating: "0", count: 9 - fraction.count) + fraction
  }
}
