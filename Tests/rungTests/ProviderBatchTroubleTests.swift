import Foundation
import RoutingLedger
import StandInProvider
import Testing

// Providers that say what no API says, files that were moved or lost, and deaths after a batch.
extension `Batches at providers` {
  static let ladder = """
    rung 1
    catalog "catalog.yaml"
    gate answered = length >= 20 chars and not refusal and not repeats_question
    ladder cheap {
      tier small accept answered max_output 64 tokens
      tier big max_output 64 tokens
    }
    otherwise { use cheap }
    """

  private func isWhole(_ bench: BatchBench) throws -> Bool {
    try bench.shell.run("rung ledger verify").last == "the ledger is whole"
  }

  // MARK: Deaths

  @Test(arguments: [
    ladder, ladder.replacing("gate answered", with: "budget day = $1.00 per day\ngate answered"),
  ]) func `lose what was called after them when the process was killed, and call it once`(
    policy: String
  ) async throws {
    try await with(30, policy: policy) { bench in
      let slow = Rule(model: "gpt-4o", delay: 60_000)
      bench.standIn.follow(Script(rules: [slow]))
      let killed = try bench.shell.run(
        "\(bench.command(Self.options)) & pid=$!; "
          + "while ! grep -q '\"calling\"' answers.jsonl.batches; do sleep 0.1; done; "
          + "sleep 1; kill -9 $pid; wait $pid")
      #expect(killed.last == "[exit 137]", "\(killed)")
      let twice = Set(bench.calls.filter { $0.value == 2 }.keys)
      #expect(!twice.isEmpty)
      bench.standIn.follow(Script())
      let said = try run(bench)
      #expect(said.last == "[exit 1]", "\(said)")
      #expect(bench.calls.values.allSatisfy { $0 <= 2 }, "\(bench.calls)")
      let lines = try bench.lines()
      let lost = lines.filter { $0.errorCode == "lost" }
      #expect(lines.count == 30 && lost.allSatisfy { $0.certainty == "at_most" })
      let names = Set(lost.map { "question \($0.id.dropFirst("item-".count))." })
      #expect(names.isSuperset(of: twice), "\(names) \(twice)")
      let rows = try bench.rows()
      #expect(rows.count == 30)
      #expect(rows.count { $0.status == .lost && $0.cost.money != nil } == lost.count)
      #expect(paid(rows) >= bill(bench) + big(bench))
      #expect(try isWhole(bench))
      // What was lost counts under what the batch may cost.
      let refused = try run(bench, "--retry-lost --max-cost 0.00001")
      #expect(refused.contains { $0.hasSuffix("do not fit under --max-cost now") }, "\(refused)")
      try run(bench, "--retry-lost")
      let again = try bench.lines()
      #expect(again.count == 30 && again.allSatisfy { $0.status == 200 })
      #expect(again.count { $0.before == 1 } == lost.count)
      #expect(paid(try bench.rows()) >= bill(bench) + big(bench))
    }
  }

  /// What the provider bills for ordinary calls of the larger model, in nano-dollars.
  private func big(_ bench: BatchBench) -> Int64 {
    let big = bench.standIn.stats.models["gpt-4o"]
    return Int64(big?.promptTokens ?? 0) * 2_500 + Int64(big?.completionTokens ?? 0) * 10_000
  }

  // MARK: What no API says

  @Test func `are made once, whatever word their status is`() async throws {
    let odd = BatchScript(faults: [
      .init(at: .create, .resetAfter), .init(at: .list, .oddStatus),
      .init(at: .poll, .oddStatus, times: 2),
    ])
    try await with(4, odd) { bench in
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(lines)")
      #expect(bench.calls.count == 4 && bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
    let lasting = BatchScript(faults: [
      .init(at: .create, .oddStatus), .init(at: .poll, .oddStatus, times: 6),
    ])
    try await with(4, lasting) { bench in
      let left = try run(bench)
      #expect(left.contains { $0.contains("calls its batch batch_standin1 `queued`") }, "\(left)")
      #expect(left.last == "[exit 3]" && bench.calls.values.allSatisfy { $0 == 1 })
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(lines)")
      #expect(bench.calls.count == 4 && bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test(arguments: [
    BatchScript.Fault(at: .content, .short, times: 2), .init(at: .content, .page, times: 2),
    .init(at: .poll, .noOutput, times: 2),
  ]) func `are not given up for a file that is short, not named yet, or none of answers`(
    fault: BatchScript.Fault
  ) async throws {
    // Lines of errors stand for no answers.
    let rules = [1, 2].map { BatchScript.LineRule(contains: " \($0).", gives: .error) }
    try await with(6, BatchScript(lines: rules, faults: [fault])) { bench in
      let said = try run(bench)
      let rows = try bench.rows()
      #expect(rows.count { $0.status == .answered } == 4 && rows.count == 6, "\(said)")
      #expect(paid(rows) == bill(bench), "\(said)")
    }
  }

  @Test func `leave to the next run what cannot be read, and take the rest`() async throws {
    let cut = BatchScript(faults: [.init(at: .content, .truncated, times: 6)])
    try await with(4, cut) { bench in
      let said = try run(bench)
      #expect(
        said.contains { $0.contains("gives 1 of 4 answers of batch_standin1 cut off") }, "\(said)")
      #expect(try bench.lines().count { $0.status == 200 } == 3)
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(lines)")
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
  }

  @Test func `take the others where one provider fails for good`() async throws {
    let catalog = Self.catalog.replacing(
      "date: 2026-11-21}\n  big", with: "date: 2026-11-21}\n  other")
    #expect(catalog != Self.catalog)
    let policy = """
      rung 1
      catalog "catalog.yaml"
      route odd when question mentions ("question 1") { use other max_output 64 tokens }
      otherwise { use small max_output 64 tokens }
      """
    let script = BatchScript(faults: [.init(at: .poll, .notFound)])
    try await with(4, script, policy: policy) { bench in
      try bench.write(
        catalog.replacing(
          "prices: {input: 2.50, output: 10, date",
          with: "prices: {input: 2.50, output: 10, batch: {input: 1.25, output: 5}, date"),
        to: "catalog.yaml")
      let said = try run(bench)
      #expect(said.contains { $0.contains("global could not tell of its batch") }, "\(said)")
      #expect(said.last == "[exit 3]")
      let some = try bench.lines().count { $0.status == 200 }
      #expect(some == 1 || some == 3, "\(said)")
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("4 of 4 requests answered") }, "\(lines)")
      #expect(bench.calls.count == 4 && bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func `take one answer for one, however it is spaced and whatever stands beside it`()
    async throws
  {
    let rules = [
      BatchScript.LineRule(contains: " 1.", gives: .twiceSpaced),
      BatchScript.LineRule(contains: " 2.", gives: .answerAndError),
    ]
    try await with(3, BatchScript(lines: rules)) { bench in
      let lines = try run(bench)
      #expect(lines.contains { $0.hasPrefix("3 of 3 requests answered") }, "\(lines)")
      let rows = try bench.rows()
      #expect(paid(rows) == bill(bench) && rows.allSatisfy { $0.cost.certainty == .exact })
    }
  }

  // MARK: Files that were moved or lost

  @Test func `go on where their files were moved, and not without them`() async throws {
    try await with(3, BatchScript(polls: 1)) { bench in
      try run(bench, "--leave")
      let named = try run(bench, "--name other")
      #expect(named.first?.contains("another name than `other`") == true, "\(named)")
      #expect(named.last == "[exit 2]")
      let elsewhere = try run(bench, "--ledger elsewhere.ledger")
      #expect(
        elsewhere.first?.hasPrefix("`elsewhere.ledger` knows nothing of row ") == true,
        "\(elsewhere)")
      try bench.shell.run("mv answers.jsonl.batches kept").forEach { #expect($0 == "") }
      for options in [Self.options, "--tenant acme"] {
        let without = try bench.run(options)
        #expect(
          without.first?.hasPrefix("3 requests are in providers' batches, and") == true,
          "\(without)")
        #expect(without.last == "[exit 2]")
      }
      #expect(bench.calls.count == 3)
      try bench.shell.run(
        "mkdir moved; mv answers.jsonl moved/; mv kept moved/answers.jsonl.batches"
      ).forEach { #expect($0 == "") }
      let taken = try bench.shell.run(
        bench.command(Self.options).replacing("-o answers", with: "-o moved/answers"))
      #expect(taken.contains { $0.hasPrefix("3 of 3 requests answered") }, "\(taken)")
      #expect(bench.calls.count == 3 && bench.calls.values.allSatisfy { $0 == 1 })
      #expect(paid(try bench.rows()) == bill(bench))
    }
  }
}
