import Foundation
import PolicyUnits
import RoutingLedger
import RoutingTestSupport
import StandInProvider
import Testing

/// `rung batch --provider-batch` as a process of its own, before a provider with files and batches that
/// keeps its own books.
@Suite(.serialized) struct `Batches at providers` {
  static let catalog = """
    currency: USD
    providers:
      global: {base_url: "https://global-apis.com/v1", key_env: GLOBAL_APIS_KEY}
    models:
      small:
        provider: global
        upstream: qwen3-8b
        window: 32k
        max_output: 4k
        prices: {input: 0.50, output: 1.50, batch: {input: 0.25, output: 0.75}, date: 2026-11-21}
      big:
        provider: global
        upstream: gpt-4o
        window: 128k
        max_output: 4k
        prices: {input: 2.50, output: 10, date: 2026-11-21}
    """
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    budget tenant_daily = $1.00 per tenant per day
    otherwise { use small max_output 64 tokens }
    """
  static let library = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "librung-machine-faults.so")
  static let options = "--tenant acme --provider-batch --look-every 50ms"

  func with(
    _ count: Int, _ batches: BatchScript = BatchScript(), policy: String = policy,
    _ test: (BatchBench) async throws -> Void
  ) async throws {
    try await BatchBench.with(count, Script(batches: batches)) { bench in
      try bench.write(Self.catalog, to: "catalog.yaml")
      try bench.write(policy, to: "policy.rung")
      try await test(bench)
    }
  }

  @discardableResult func run(_ bench: BatchBench, _ more: String = "") throws -> [String] {
    try bench.run("\(Self.options) \(more)")
  }

  /// What the provider bills for all it has worked on in batches, in nano-dollars.
  func bill(_ bench: BatchBench) -> Int64 {
    let small = bench.standIn.stats.models["qwen3-8b"]
    return Int64(small?.promptTokens ?? 0) * 250 + Int64(small?.completionTokens ?? 0) * 750
  }

  func paid(_ rows: [LedgerEntry]) -> Int64 {
    rows.reduce(0) { $0 + ($1.cost.money?.nanos ?? 0) }
  }

  func isThere(_ name: String, _ bench: BatchBench) -> Bool {
    FileManager.default.fileExists(atPath: bench.shell.folder.appending(path: name).path)
  }

  // MARK: Money

  @Test func `are paid at batch prices, to the nano, and once`() async throws {
    try await with(40, BatchScript(polls: 1, strangers: 1)) { bench in
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("40 of 40 requests answered") }, "\(lines)")
      #expect(lines.contains { $0.contains("answers requests that were not asked") }, "\(lines)")
      let answers = try bench.lines()
      #expect(answers.count == 40 && answers.allSatisfy { $0.status == 200 })
      let rows = try bench.rows()
      #expect(rows.count == 40 && rows.allSatisfy { $0.status == .answered })
      let (bill, paid) = (bill(bench), paid(rows))
      #expect(bill > 0 && paid == bill)
      #expect(rows.allSatisfy { $0.cost.certainty == .exact })
      // Half the usual price: as much was saved as was paid.
      #expect(rows.allSatisfy { $0.savings.saved == $0.cost.money })
      #expect(
        rows.allSatisfy { $0.attempts.first?.reason == "provider_batch batch_standin1" })
      #expect(!isThere("answers.jsonl.batches", bench))
      let before = bench.calls
      try run(bench)
      #expect(bench.calls == before && before.values.allSatisfy { $0 == 1 })
      let verified = try bench.shell.run("rung ledger verify")
      #expect(verified.last == "the ledger is whole")
    }
  }

  @Test func `keep budgets, and what the batch may cost`() async throws {
    // 64 tokens of output at most, and the bytes of the request as its bound of input.
    let policy = Self.policy.replacing("$1.00", with: "$0.0003")
    try await with(6, policy: policy) { bench in
      let lines = try run(bench)
      let rows = try bench.rows()
      let answered = rows.filter { $0.status == .answered }
      let refused = rows.filter { $0.status == .refused }
      #expect(answered.count + refused.count == 6, "\(lines)")
      #expect(!answered.isEmpty && !refused.isEmpty, "\(lines)")
      #expect(refused.allSatisfy { $0.reason == "budget tenant_daily" })
      #expect(paid(rows) <= 300_000 && paid(rows) == bill(bench))
      #expect(lines.last == "[exit 1]")
      #expect(answered.count == bench.calls.count)
    }
    try await with(6) { bench in
      let first = try run(bench, "--max-cost 0.0003")
      #expect(first.contains { $0.hasSuffix("do not fit under --max-cost now") }, "\(first)")
      #expect(first.contains { $0.contains("could pass --max-cost") }, "\(first)")
      let some = try bench.lines().count
      #expect(some > 0 && some < 6)
      #expect(paid(try bench.rows()) <= 300_000)
      try run(bench, "--max-cost 0.01")
      #expect(try bench.lines().count == 6)
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
  }

  // MARK: Deaths

  @Test func `are sent once, wherever the process is killed`() async throws {
    guard FileManager.default.fileExists(atPath: Self.library.path) else {
      print("\(Self.library.lastPathComponent) is not built: no process was killed")
      return
    }
    let seed = UInt64.random(in: 1...1_000_000)
    SharedData.say("batches killed at their writes: seed \(seed)")
    var random = SplitMix(state: seed)
    try await with(5) { bench in
      var killed = 0
      var states: Set<String> = []
      var place = Int.random(in: 1...3, using: &random)
      while true {
        let words = "round-\(place)"
        try bench.shell.run("rm -f rung.ledger* answers.jsonl*").forEach { #expect($0 == "") }
        try bench.write(
          (0..<5).map { BatchBench.ask($0, saying: words) }.joined(separator: "\n"),
          to: "asks.jsonl")
        let plan = "kill \(["before", "half", "after"][place % 3]) \(place)"
        let first = try bench.shell.run(
          bench.command(Self.options),
          environment: [
            "LD_PRELOAD": Self.library.path, "RUNG_FAULT_FILES": bench.shell.folder.path + "/",
            "RUNG_FAULT_PLAN": plan,
          ])
        let journal = (try? bench.text("answers.jsonl.batches")) ?? ""
        states.insert(
          String(journal.split(separator: "\n").last?.prefix(20).dropFirst(9).prefix(7) ?? ""))
        let isKilled = first.contains { $0.contains("Killed") } || first.last == "[exit 137]"
        let second = try run(bench)
        let answers = try bench.lines()
        #expect(answers.count == 5 && answers.allSatisfy { $0.status == 200 }, "\(plan) \(second)")
        let asked = (0..<5).map { bench.calls["\(words) \($0)."] ?? 0 }
        #expect(asked == [1, 1, 1, 1, 1], "\(plan): \(asked)")
        let rows = try bench.rows()
        #expect(
          rows.count { $0.status == .answered } == 5 && rows.count == 5, "\(plan) \(rows.count)")
        #expect(!isThere("answers.jsonl.batches", bench), "\(plan)")
        guard isKilled else { break }
        killed += 1
        // All that was set aside is settled: the last request's rows are the budget's use.
        place += Int.random(in: 1...3, using: &random)
      }
      let (ledger, all) = (try bench.rows(), bill(bench))
      #expect(paid(ledger) > 0 && all > 0)
      SharedData.say("\(killed) processes killed, in \(states.count) states of the journal")
      #expect(killed > 30 && states.count >= 4)
    }
  }

  @Test func `are found again where their provider never said that they are made`() async throws {
    // The connection breaks once the batch is made: it is looked for and not made again.
    let broken = BatchScript(faults: [
      .init(at: .upload, .resetAfter), .init(at: .create, .resetAfter),
      .init(at: .list, .serverError),
    ])
    try await with(4, broken) { bench in
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(lines)")
      #expect(bench.calls.count == 4 && bench.calls.values.allSatisfy { $0 == 1 })
    }
    // Nobody is told that the batch is made, and the process is killed while it waits.
    try await with(4, BatchScript(faults: [.init(at: .create, .silentAfter)])) { bench in
      let killed = try bench.shell.run(
        "\(bench.command(Self.options)) & pid=$!; sleep 2; kill -9 $pid; wait $pid")
      #expect(killed.last == "[exit 137]", "\(killed)")
      #expect(bench.calls.count == 4)
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(lines)")
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
  }

  @Test func `are left and taken up by another run`() async throws {
    try await with(3, BatchScript(polls: 1)) { bench in
      let left = try run(bench, "--leave")
      #expect(
        left.contains {
          $0
            == "3 requests are left, all in providers' batches: the same command takes their answers"
        }, "\(left)")
      #expect(left.last == "[exit 1]" && bench.calls.count == 3)
      let without = try bench.run("--tenant acme")
      #expect(without.first?.contains("are in providers' batches") == true, "\(without)")
      #expect(without.last == "[exit 2]")
      let other = try bench.run("--tenant other --provider-batch")
      #expect(other.first?.contains("another caller's (another of --tenant") == true, "\(other)")
      try bench.write(
        (0..<3).map { BatchBench.ask($0, saying: "query") }.joined(separator: "\n"), to: "new.jsonl"
      )
      let new = try bench.shell.run(bench.command(Self.options, requests: "new.jsonl"))
      #expect(
        new.first
          == "new.jsonl:1: `item-0` is another request than the one that is in a provider's batch",
        "\(new)")
      try bench.write(Self.policy + "\n# later\n", to: "policy.rung")
      let changed = try run(bench)
      let message = try #require(changed.first)
      let named =
        #/ on 20[0-9-]+T[0-9:]+Z under the policy [0-9a-f]{12}, which is [0-9a-f]{12} now: /#
      #expect(message.firstMatch(of: named) != nil, "\(changed)")
      #expect(!message.contains("catalog"))
      try bench.write(Self.policy, to: "policy.rung")
      try bench.write(
        (0..<2).map { BatchBench.ask($0) }.joined(separator: "\n"), to: "fewer.jsonl")
      let fewer = try bench.shell.run(bench.command(Self.options, requests: "fewer.jsonl"))
      #expect(
        fewer.first == "`item-2` is in a provider's batch, and fewer.jsonl does not have it",
        "\(fewer)")
      let taken = try run(bench)
      #expect(taken.contains { $0.hasPrefix("3 of 3 requests answered") }, "\(taken)")
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
  }

  // MARK: What comes back

  @Test func `settle each line by what its provider says`() async throws {
    let outcomes: [(Int, BatchScript.LineRule.Outcome)] = [
      (1, .error), (2, .serverError), (3, .missing), (4, .twice), (5, .twoAnswers),
      (6, .otherModel), (7, .expired),
    ]
    let rules = outcomes.map { BatchScript.LineRule(contains: " \($0.0).", gives: $0.1) }
    try await with(9, BatchScript(lines: rules)) { bench in
      let lines = try run(bench)
      #expect(lines.last == "[exit 1]", "\(lines)")
      let answers = Dictionary(
        try bench.lines().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      for number in [0, 4, 6, 8] {
        #expect(answers["item-\(number)"]?.status == 200, "\(number) \(lines)")
        #expect(answers["item-\(number)"]?.certainty == "exact", "\(number)")
      }
      // Not worked on, or answered with a whole error: not billed.
      for number in [1, 2, 7] {
        #expect(answers["item-\(number)"]?.cost == "0.00", "\(number)")
        #expect(answers["item-\(number)"]?.certainty == "exact", "\(number)")
      }
      // Nobody knows: the worst case stands.
      for number in [3, 5] {
        #expect(answers["item-\(number)"]?.certainty == "at_most", "\(number)")
      }
      for number in [2, 3, 5] {
        #expect(answers["item-\(number)"]?.status == 502, "\(number)")
      }
      let rows = try bench.rows()
      #expect(rows.count == 9)
      let served = rows.compactMap { $0.attempts.first?.upstreamServed }
      #expect(served.contains("other-qwen3-8b"), "\(served)")
      // Nothing was billed that is not on record.
      #expect(paid(rows) >= bill(bench))
      // What was not billed is asked again by the next run, and what may have been only if that is said.
      bench.standIn.follow(Script())
      try run(bench, "--retry-failed")
      let again = try bench.lines()
      #expect(again.count == 9 && again.allSatisfy { $0.status == 200 })
      let before = again.filter { $0.before == 1 }.map(\.id)
      #expect(Set(before) == ["item-3", "item-5"])
    }
  }

  @Test(arguments: [
    BatchScript.Ending.failed, .expired, .cancelled,
  ]) func `that end otherwise lose nothing`(ending: BatchScript.Ending) async throws {
    let lines = [BatchScript.LineRule(contains: " 1.", gives: .expired)]
    try await with(3, BatchScript(ending: ending, lines: lines)) { bench in
      let said = try run(bench)
      let rows = try bench.rows()
      #expect(rows.count == 3 && paid(rows) == bill(bench), "\(said)")
      let answered = ending == .failed ? 0 : 2
      #expect(rows.count { $0.status == .answered } == answered, "\(said)")
      #expect(said.contains { $0.contains("--retry-failed") }, "\(said)")
      bench.standIn.follow(Script())
      try run(bench, "--retry-failed")
      #expect(try bench.lines().allSatisfy { $0.status == 200 })
    }
  }

  @Test func `bear a provider that stumbles, and one that cuts its files off`() async throws {
    let stumbling = BatchScript(
      polls: 1,
      faults: [
        .init(at: .upload, .serverError), .init(at: .create, .serverError),
        .init(at: .poll, .serverError, times: 3), .init(at: .content, .truncated),
        .init(at: .content, .reset),
      ])
    try await with(3, stumbling) { bench in
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("3 of 3 requests answered") }, "\(lines)")
      #expect(bench.calls.count == 3 && bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
  }

  // MARK: What cannot go by a batch

  @Test func `name what cannot go by one before anything is called`() async throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      route large when question mentions ("question 1") { use big max_output 64 tokens }
      otherwise { use small max_output 64 tokens }
      """
    try await with(4, policy: policy) { bench in
      let lines = try run(bench)
      #expect(
        lines.first
          == "asks.jsonl:2: `item-1` cannot go by its provider's batch: the catalog has no batch "
          + "price of `big`: write `batch: {input: …, output: …}` under its prices", "\(lines)")
      #expect(lines.last == "[exit 2]" && bench.calls.isEmpty)
      let asked = try run(bench, "--ask-rest")
      #expect(asked.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(asked)")
      #expect(asked.contains { $0.hasSuffix("asked one by one, at full price: 1 of 4") })
      #expect(bench.calls.values.allSatisfy { $0 == 1 } && bench.calls.count == 4)
      let rows = try bench.rows()
      let big = rows.filter { $0.modelServed == "big" }
      #expect(big.count == 1 && big.first?.attempts.first?.reason == nil)
    }
  }

  @Test(arguments: [
    (
      "limit rate = 60 requests per tenant per minute", "",
      "`rate` counts by the minute or the hour"
    ),
    ("", "  stick for 10m\n", "its route lets a conversation stick to a model"),
  ])
  func `are not what some routes and limits allow`(
    declaration: String, effect: String, reason: String
  ) async throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      \(declaration)
      route plain when question mentions ("question") {
      \(effect)  use small max_output 64 tokens
      }
      otherwise { use small max_output 64 tokens }
      """
    try await with(2, policy: policy) { bench in
      let lines = try run(bench, "--conversation c1")
      #expect(lines.first?.contains(reason) == true, "\(lines)")
      #expect(lines.last == "[exit 2]" && bench.calls.isEmpty)
      #expect(!isThere("answers.jsonl.batches", bench))
    }
  }

  @Test func `climb on from the answers their gates reject`() async throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      budget tenant_daily = $1.00 per tenant per day
      gate answered = length >= 20 chars and not refusal and not repeats_question
      ladder cheap {
        tier small accept answered max_output 64 tokens
        tier big max_output 64 tokens
      }
      otherwise { use cheap }
      """
    try await with(30, policy: policy) { bench in
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("30 of 30 requests answered") }, "\(lines)")
      let rows = try bench.rows()
      let climbed = rows.filter { $0.modelServed == "big" }
      #expect(!climbed.isEmpty && climbed.count < 30, "\(climbed.count)")
      for row in climbed {
        #expect(row.attempts.map(\.model) == ["small", "big"])
        #expect(row.attempts.first?.verdict == "rejected")
      }
      let big = bench.standIn.stats.models["gpt-4o"]
      let more = Int64(big?.promptTokens ?? 0) * 2_500 + Int64(big?.completionTokens ?? 0) * 10_000
      #expect(paid(rows) == bill(bench) + more)
    }
  }
}
