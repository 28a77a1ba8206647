import Foundation
import RoutingLedger
import StandInProvider
import Testing

/// `rung run` with a provider that answers and a ledger in a folder of its own.
@Suite(.serialized) struct `Running requests` {
  private static let policy = """
    rung 1
    catalog "policies/starter/catalog.yaml"
    limit often = 20 requests per user per day
    otherwise { use qwen3-8b max_output 64 tokens }
    """

  private static func with(
    _ script: Script = Script(), _ test: (Shell, String) async throws -> Void
  ) async throws {
    let shell = try Shell()
    defer { shell.remove() }
    try Data(policy.utf8).write(to: shell.folder.appending(path: "policy.rung"))
    try Data(ask(0).utf8).write(to: shell.folder.appending(path: "ask.json"))
    let standIn = try await StandIn.start(script: script)
    do {
      try await test(shell, "--base-url \(standIn.address)")
    } catch {
      await standIn.stop()
      throw error
    }
    await standIn.stop()
  }

  private static func ask(_ number: Int) -> String {
    #"{"user":"u-\#(number % 2)","messages":[{"role":"user","content":"question \#(number)"}]}"#
  }

  private func rows(_ shell: Shell, _ name: String = "rung.ledger") throws -> [LedgerEntry] {
    var rows: [LedgerEntry] = []
    try LedgerReader(path: shell.folder.appending(path: name).path).forEach { row in
      rows.append(row.entry)
      return true
    }
    return rows
  }

  @Test func `leaves a row for each, many at a time, and prints no more than was kept`()
    async throws
  {
    try await Self.with { shell, url in
      let asks = (0..<60).map(Self.ask).joined(separator: "\n")
      try Data(asks.utf8).write(to: shell.folder.appending(path: "asks.jsonl"))
      let lines = try shell.run("rung run policy.rung asks.jsonl --at-once 16 --format json \(url)")
      #expect(lines.count == 60, "\(lines.suffix(2))")
      let rows = try rows(shell)
      #expect(rows.count == 60)
      for row in rows { #expect(lines.count { $0.contains("\"id\":\"\(row.id)\"") } == 1) }
      // Two users with twenty requests each.
      #expect(rows.count { $0.status == .answered } == 40)
      #expect(rows.count { $0.reason == "limit often" } == 20)
      // The next run counts on.
      let again = try shell.run("rung run policy.rung ask.json \(url)")
      #expect(
        again.contains {
          $0.hasPrefix("answered  refused by limit `often` of 20 requests")
            && $0.contains(" has 0 requests left, this request may need 1 request; resets in ")
        }, "\(again)")
      #expect(again.contains { $0.hasPrefix("row       ") })
    }
  }

  @Test func `prints text in the order of the requests`() async throws {
    let slow = Script(rules: [Rule(contains: "question 0", delay: 300)])
    try await Self.with(slow) { shell, url in
      let asks = (0..<4).map(Self.ask).joined(separator: "\n\n")
      try Data(asks.utf8).write(to: shell.folder.appending(path: "asks.jsonl"))
      let lines = try shell.run("rung run policy.rung asks.jsonl --at-once 4 \(url)")
      #expect(lines.prefix(4).map { $0.prefix(3) } == ["1/4", "2/4", "3/4", "4/4"], "\(lines)")
    }
  }

  @Test func `names every line that is no request`() async throws {
    try await Self.with { shell, _ in
      let asks = "\(Self.ask(0))\n{\"messages\":[]}\n\nnonsense\n"
      try Data(asks.utf8).write(to: shell.folder.appending(path: "asks.jsonl"))
      let lines = try shell.run("rung run policy.rung asks.jsonl")
      #expect(lines.count == 3 && lines.last == "[exit 2]", "\(lines)")
      #expect(lines[0].hasPrefix("asks.jsonl:2:") && lines[1].hasPrefix("asks.jsonl:4:"))
    }
  }

  @Test func `gives the same answer again under the same key`() async throws {
    try await Self.with { shell, url in
      let command = "rung run policy.rung ask.json --idempotency-key k \(url)"
      let first = try shell.run(command)
      let second = try shell.run(command)
      #expect(first.first == second.first && first.first?.isEmpty == false)
      let rows = try rows(shell)
      #expect(rows.map(\.savings.cache) == [nil, "repeated"])
      #expect(rows.map(\.charges.count) == [1, 0])
      let other = try shell.run(
        "sed 's/question/query/' ask.json > other.json; "
          + "rung run policy.rung other.json --idempotency-key k \(url)")
      #expect(
        other.last == "[exit 1]" && other.contains { $0.contains("another body") }, "\(other)")
    }
  }

  @Test func `keeps texts only where that is asked for`() async throws {
    try await Self.with { shell, url in
      _ = try shell.run("rung run policy.rung ask.json --ledger a.ledger \(url)")
      _ = try shell.run(
        "rung run policy.rung ask.json --ledger b.ledger --keep-prompts 30d \(url)")
      for (name, isKept) in [("a.ledger", false), ("b.ledger", true)] {
        let row = try #require(try rows(shell, name).first)
        let reader = try LedgerReader(path: shell.folder.appending(path: name).path)
        let text = try reader.text(of: row.id)
        #expect((text != nil) == isKept, "\(name)")
        let files = try shell.run("cat \(name)* | grep -c 'question 0'")
        #expect((files.first != "0") == isKept, "\(name): \(files)")
      }
    }
  }

  @Test func `says what the ledger is for, and what is wrong with it`() async throws {
    try await Self.with { shell, url in
      for (options, told) in [
        ("--no-ledger", "the budget or limit `often` needs the ledger: leave out --no-ledger"),
        ("--ledger no/such/place", "cannot open the ledger"),
        ("--ledger policy.rung", "is no ledger of rung's"),
      ] {
        let lines = try shell.run("rung run policy.rung ask.json \(url) \(options)")
        #expect(lines.last == "[exit 3]", "\(options): \(lines)")
        #expect(lines.contains { $0.contains(told) }, "\(options): \(lines)")
      }
      for options in [
        "--budget often=3", "--no-ledger --ledger x", "--no-ledger --keep-prompts 1d",
        "--keep-prompts 3", "--keep-prompts 0d", "--keep-prompts 30x", "--keep-prompts -1d",
        "--keep-prompts 100001d", "--keep-prompts 99999999999999999d", "--at-once 0",
        "--at 2030-01-01", "--idempotency-key ''",
      ] {
        let lines = try shell.run("rung run policy.rung ask.json \(url) \(options)")
        #expect(lines.last == "[exit 2]", "\(options): \(lines)")
      }
    }
  }

  @Test func `settles what is under way when it is interrupted`() async throws {
    try await Self.with(Script(rules: [Rule(fault: .hang)])) { shell, url in
      let asks = (0..<6).map(Self.ask).joined(separator: "\n")
      try Data(asks.utf8).write(to: shell.folder.appending(path: "asks.jsonl"))
      let lines = try shell.run(
        "rung run policy.rung asks.jsonl --at-once 3 --format json \(url) & pid=$!; "
          + "sleep 2; kill -INT $pid; wait $pid")
      #expect(lines.last == "[exit 130]", "\(lines)")
      let rows = try rows(shell)
      #expect(rows.map(\.status) == [.cancelled, .cancelled, .cancelled])
      #expect(rows.allSatisfy { $0.cost.certainty == .atMost })
      #expect(lines.count { $0.contains("\"ending\":\"cancelled\"") } == 3)
      let reader = try LedgerReader(path: shell.folder.appending(path: "rung.ledger").path)
      #expect(try reader.openRequests().isEmpty)
    }
  }
}
