import Foundation
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingTestSupport
import StandInProvider
import Testing

/// `rung batch` as a process of its own, before a provider that counts what it is asked.
@Suite(.serialized) struct `Batches of requests` {
  @Test func `pay once for each of 500 requests, however often they are killed`() async throws {
    let seed = UInt64.random(in: 1...1_000_000)
    SharedData.say("batches killed at random moments: seed \(seed)")
    var random = SplitMix(state: seed)
    try await BatchBench.with(500, Script(rules: [Rule(delay: 20)])) { bench in
      var killed = 0
      for _ in 0..<8 {
        let milliseconds = Int.random(in: 120...600, using: &random)
        let seconds = "0.\(String(1000 + milliseconds).dropFirst())"
        let lines = try bench.shell.run(
          "\(bench.command()) & pid=$!; sleep \(seconds); kill -9 $pid; wait $pid")
        if lines.last == "[exit 137]" { killed += 1 }
        // Whole lines, and at most the beginning of one.
        let text = (try? bench.text()) ?? ""
        let whole = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in whole.dropLast() { _ = try BatchBench.Line(Array(line.utf8)) }
      }
      #expect(killed > 2)
      let end = try bench.run()
      let lines = try bench.lines()
      let lost = lines.filter { $0.errorCode == "lost" }
      SharedData.say("\(killed) runs killed, \(lost.count) requests lost")
      #expect(lines.count == 500 && Set(lines.map(\.id)).count == 500)
      #expect(end.last == (lost.isEmpty ? end.last : "[exit 1]"))
      for line in lines where line.errorCode == nil {
        #expect(line.status == 200 && line.answer?.isEmpty == false, "\(line.id)")
        #expect(bench.calls(of: line.id) == 1, "\(line.id)")
      }
      for line in lost {
        #expect(bench.calls(of: line.id) <= 1, "\(line.id)")
      }
      // The first ten are named, the others counted.
      #expect(end.count { $0.contains(": was under way when") } == min(10, lost.count), "\(end)")
      let rest = end.firstMatch(ofPattern: #/^  and (\d+) more, in answers.jsonl:$/#)
      #expect((rest ?? 0) == max(0, lost.count - 10), "\(end)")
      // Run again, nothing is asked.
      let before = bench.calls
      try bench.run()
      #expect(bench.calls == before)
      // What was lost is asked again only where that is said.
      try bench.run("--retry-lost")
      let all = try bench.lines()
      #expect(all.count == 500 && all.allSatisfy { $0.status == 200 })
      let names = Set(lost.map(\.id))
      for line in all {
        let isLost = names.contains(line.id)
        #expect(bench.calls(of: line.id) <= (isLost ? 2 : 1), "\(line.id)")
        #expect(line.before == (isLost ? 1 : 0) && line.asked == (isLost ? 2 : 1), "\(line.id)")
      }
      let answered = try bench.rows().filter { $0.status == .answered }
      #expect(answered.count == 500)
      #expect(Set(answered.map(\.id.description)) == Set(all.compactMap(\.row)))
    }
  }

  @Test func `cut off a torn last line and give its answer again`() async throws {
    try await BatchBench.with(6) { bench in
      try bench.run()
      let whole = try bench.lines()
      try bench.write(String(try bench.text().dropLast(40)), to: "answers.jsonl")
      let lines = try bench.run()
      #expect(
        lines.first?.hasPrefix("`answers.jsonl` ended in a torn line of ") == true, "\(lines)")
      #expect(lines.contains { $0.contains("1 given again from the ledger") }, "\(lines)")
      let again = try bench.lines()
      #expect(again.map(\.id) == whole.map(\.id))
      #expect(again.map(\.answer) == whole.map(\.answer))
      #expect(again.map(\.row) == whole.map(\.row))
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func `give all answers again when their file is gone`() async throws {
    try await BatchBench.with(20) { bench in
      try bench.run()
      let first = try bench.lines()
      _ = try bench.shell.run("rm answers.jsonl")
      try bench.run()
      let again = try bench.lines()
      #expect(Set(again.map(\.row)) == Set(first.map(\.row)) && again.count == 20)
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func `refuse a request that has changed under its name`() async throws {
    try await BatchBench.with(4) { bench in
      try bench.run()
      let asks = (0..<4).map { BatchBench.ask($0, saying: $0 == 2 ? "query" : "question") }
      try bench.write(asks.joined(separator: "\n"), to: "asks.jsonl")
      let place = try #require(try bench.lines().firstIndex { $0.id == "item-2" })
      let lines = try bench.run()
      #expect(
        lines.first
          == "asks.jsonl:3: `item-2` is another request than the one answered in "
          + "answers.jsonl:\(place + 1)")
      #expect(lines.last == "[exit 2]")
      // The ledger knows it too.
      let row = try #require(try bench.lines()[place].row)
      _ = try bench.shell.run("rm answers.jsonl")
      let again = try bench.run()
      #expect(
        again.first == "asks.jsonl:3: `item-2` is another request than the one asked as row \(row)")
      // Another caller's request is another one.
      try bench.write((0..<4).map { BatchBench.ask($0) }.joined(separator: "\n"), to: "asks.jsonl")
      try bench.run()
      #expect(try bench.run("--user somebody").last == "[exit 2]")
      #expect(bench.calls.count == 4 && bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func `name every line that is no request before the first call`() async throws {
    try await BatchBench.with(3) { bench in
      var asks = [
        BatchBench.ask(0), BatchBench.ask(1), BatchBench.ask(0),
        BatchBench.ask(3).replacing("/v1/chat/completions", with: "/v1/embeddings"),
        BatchBench.ask(4).replacing("POST", with: "GET"),
        BatchBench.ask(5).replacing(#""custom_id":"item-5","#, with: ""),
      ]
      asks += (0..<9).map { "nonsense \($0)" }
      try bench.write(asks.joined(separator: "\n"), to: "asks.jsonl")
      let lines = try bench.run()
      #expect(lines.count == 12 && lines[10] == "and 3 more" && lines[11] == "[exit 2]")
      #expect(
        lines[0]
          == "asks.jsonl:3: the custom_id `item-0` is that of line 1 too: answers are told apart "
          + "by it")
      #expect(lines[1].contains(":4: `/v1/embeddings` is not served in a batch"))
      #expect(lines[2].contains(":5: the method `GET` is not served in a batch"))
      #expect(lines[3].contains(":6: `custom_id` is a text of 1 to 512 bytes"))
      #expect(lines[4].hasPrefix("asks.jsonl:7:"))
      #expect(bench.calls.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: bench.shell.folder.path + "/answers.jsonl"))
    }
  }

  @Test(arguments: [
    ("--rate 0/s", "write a whole number from 1 to 1000000"),
    ("--rate 5/day", "s, min or h: 100/min"), ("--max-cost 0", "above 0"),
    ("--max-cost five", "such as 5.00"),
  ])
  func `say what a rate and an amount are`(options: String, cure: String) async throws {
    try await BatchBench.with(1) { bench in
      let lines = try bench.run(options)
      #expect(lines.contains { $0.contains(cure) }, "\(lines)")
      #expect(bench.calls.isEmpty)
    }
  }

  @Test func `are not written to what nobody could resume them from`() async throws {
    try await BatchBench.with(1) { bench in
      let lines = try bench.shell.run(
        bench.command().replacing("-o answers.jsonl", with: "-o /dev/null"))
      #expect(
        lines == [
          "`/dev/null` is no regular file: a batch is resumed from its answers, so name a file with -o",
          "[exit 3]",
        ], "\(lines)")
      #expect(bench.calls.isEmpty)
    }
  }

  @Test func `read what an editor has put a mark before, and tell names apart by their bytes`()
    async throws
  {
    try await BatchBench.with(0) { bench in
      let composed = BatchBench.ask(1).replacing("item-1", with: "caf\u{E9}")
      let apart = BatchBench.ask(2).replacing("item-2", with: "cafe\u{301}")
      try bench.write("\u{FEFF}\(composed)\n\(apart)\n", to: "asks.jsonl")
      let lines = try bench.run()
      #expect(lines.contains { $0.hasPrefix("2 of 2 requests answered") }, "\(lines)")
      let again = try bench.run()
      #expect(again.contains { $0.contains("2 answered by earlier runs") }, "\(again)")
      #expect(bench.calls.count == 2 && bench.calls.values.allSatisfy { $0 == 1 })
      try Data([0xFF, 0xFE, 0x7B, 0x00]).write(to: bench.shell.folder.appending(path: "asks.jsonl"))
      let other = try bench.run()
      #expect(other.first == "asks.jsonl: the file is UTF-16: save it as UTF-8", "\(other)")
    }
  }

  @Test func `count by their causes what is too long to be listed`() async throws {
    let refusing = Rule(contains: "question", fault: .badRequest)
    try await BatchBench.with(40, Script(rules: [refusing])) { bench in
      let lines = try bench.run()
      let failed = try #require(lines.firstIndex(of: "failed"), "\(lines)")
      #expect(lines[failed + 1].hasPrefix("  line 1  item-0: "))
      #expect(lines[failed + 11] == "  and 30 more, in answers.jsonl:")
      #expect(lines[failed + 12].hasPrefix("  30 like  "))
      #expect(lines[failed + 13] == "  --retry-failed asks them again")
    }
  }

  @Test func `take bare requests from standard input, named by their lines`() async throws {
    try await BatchBench.with(0) { bench in
      let asks = (0..<3).map { #"{"messages":[{"role":"user","content":"question \#($0)."}]}"# }
      try bench.write(asks.joined(separator: "\n\n"), to: "bare.jsonl")
      _ = try bench.shell.run(bench.command(requests: "-") + " < bare.jsonl")
      #expect(Set(try bench.lines().map(\.id)) == ["1", "3", "5"])
    }
  }

  @Test func `start no faster than their rate`() async throws {
    try await BatchBench.with(30) { bench in
      try bench.run("--rate 20/s --at-once 30")
      let times = bench.times
      #expect(times.count == 30)
      // Two are saved up, and the way to the provider takes what it takes.
      let first = try #require(times.first)
      let last = try #require(times.last)
      #expect(last - first > .milliseconds(1300))
      for (index, time) in times.enumerated() where index >= 12 {
        #expect(time - times[index - 12] > .milliseconds(400), "\(index)")
      }
    }
  }

  @Test(arguments: [
    // One call each; then a ladder with a tier that is rejected at times, and a shadow beside.
    ("use qwen3-8b", ["0.00000800", "0.00002000", "0.01"]),
    ("use climbing  shadow 50% use deepseek-reasoner", ["0.002", "0.0022", "0.003", "0.1"]),
  ])
  func `never cost more than they may, by the ledger's own sum`(
    lines: String, limits: [String]
  ) async throws {
    let policy = """
      rung 1
      catalog "policies/starter/catalog.yaml"
      gate answered = length >= 20 chars and not refusal
      ladder climbing { tier qwen3-8b accept answered  tier deepseek-v4-flash }
      otherwise { \(lines) }
      """
    try await BatchBench.with(60, Script(rules: [Rule(delay: 5)])) { bench in
      try bench.write(policy, to: "policy.rung")
      var earlier = 0
      for limit in limits {
        let lines = try bench.run("--max-cost \(limit) --at-once 6")
        let spent = try bench.rows().reduce(Money.zero) { $0 + ($1.cost.money ?? .zero) }
        let most = try #require(Decimal(limit)?.scaled(by: 9))
        #expect(spent.nanos <= most, "\(limit): \(spent.nanos)")
        let answered = try bench.lines().count
        #expect(answered >= earlier)
        earlier = answered
        if answered < 60 {
          #expect(lines.last == "[exit 1]")
          #expect(lines.contains { $0.contains("left: the next could pass --max-cost $0.00") })
          // It stops because of the money, and not long before: a shadow counts as asked.
          #expect(spent.nanos > most / 8, "\(limit): \(spent.nanos)")
        }
      }
      #expect(earlier == 60)
      #expect(try bench.rows().count { $0.status == .answered && $0.parent == nil } == 60)
    }
  }

  @Test(arguments: ["INT", "TERM"])
  func `finish what is under way when they are interrupted, and go on later`(
    signal: String
  ) async throws {
    try await BatchBench.with(40, Script(rules: [Rule(delay: 300)])) { bench in
      let lines = try bench.shell.run(
        "\(bench.command("--at-once 4")) & pid=$!; sleep 0.8; kill -\(signal) $pid; wait $pid")
      #expect(lines.first == "finishing what is under way; Ctrl-C again ends it")
      #expect(lines.last == "[exit 130]", "\(lines)")
      let some = try bench.lines()
      #expect((4..<40).contains(some.count) && some.allSatisfy { $0.status == 200 })
      #expect(try bench.rows().allSatisfy { $0.status == .answered })
      bench.standIn.follow(Script())
      try bench.run()
      #expect(try bench.lines().count == 40)
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func `settle what is ended with them, and ask it again when told to`() async throws {
    try await BatchBench.with(6, Script(rules: [Rule(fault: .hang)])) { bench in
      let lines = try bench.shell.run(
        "\(bench.command("--at-once 3")) & pid=$!; sleep 0.8; kill -INT $pid; sleep 0.2; "
          + "kill -INT $pid; wait $pid")
      #expect(lines.last == "[exit 130]", "\(lines)")
      let ended = try bench.lines()
      #expect(ended.map(\.status) == [499, 499, 499])
      #expect(ended.allSatisfy { $0.certainty == "at_most" && $0.cost != "0.00" })
      bench.standIn.follow(Script())
      // What may have been billed is not asked again in silence.
      let second = try bench.run()
      #expect(second.last == "[exit 1]")
      #expect(bench.calls.values.allSatisfy { $0 == 1 } && bench.calls.count == 6)
      try bench.run("--retry-failed")
      let all = try bench.lines()
      #expect(all.count == 6 && all.allSatisfy { $0.status == 200 })
      #expect(all.map(\.before).reduce(0, +) == 3)
      #expect(bench.calls.values.reduce(0, +) == 9)
    }
  }

  @Test func `list what has no answer, and ask it again only when told to`() async throws {
    let script = Script(rules: [Rule(contains: "question 3.", fault: .badRequest)])
    try await BatchBench.with(5, script) { bench in
      let lines = try bench.run()
      #expect(lines.first == "4 of 5 requests answered, 1 failed: answers.jsonl")
      #expect(lines.last == "[exit 1]")
      #expect(lines.contains { $0.hasPrefix("  line 4  item-3: 400 ") }, "\(lines)")
      #expect(lines.contains("  --retry-failed asks it again"))
      let calls = bench.calls(of: "item-3")
      #expect(try bench.run().last == "[exit 1]")
      #expect(bench.calls(of: "item-3") == calls)
      bench.standIn.follow(Script())
      let json = try bench.run("--retry-failed --format json")
      #expect(json.count == 1 && json[0].contains(#""answered":5,"answered_before":4,"#))
      let all = try bench.lines()
      #expect(all.count == 5 && all.allSatisfy { $0.status == 200 })
      #expect(bench.calls(of: "item-0") == 1)
    }
  }

  @Test func `are resumed with the ledger they were paid in, by one run at a time`() async throws {
    try await BatchBench.with(3, Script(rules: [Rule(delay: 700)])) { bench in
      let both = try bench.shell.run(
        "\(bench.command()) & sleep 0.4; \(bench.command("--ledger b.ledger")); wait")
      #expect(
        both.first == "`answers.jsonl` is being written by another run of its batch: wait for it")
      let lines = try bench.run("--ledger c.ledger")
      #expect(lines.first?.hasPrefix("`c.ledger` has no row ") == true, "\(lines)")
      // A batch keeps its name when its file moves.
      _ = try bench.shell.run("mv answers.jsonl moved.jsonl")
      let moved = try bench.shell.run(
        bench.command().replacing("-o answers.jsonl", with: "-o moved.jsonl"))
      #expect(moved.contains("  3 answered by earlier runs"), "\(moved)")
      for (options, told) in [
        ("--name other", "holds answers of a batch with another name than `other`"),
        ("--no-ledger", "a batch needs the ledger"), ("--rate 5", "--rate"),
        ("--max-cost free", "--max-cost"), ("--at-once 0", "--at-once takes a number"),
      ] {
        let refused = try bench.shell.run(
          bench.command(options).replacing("-o answers.jsonl", with: "-o moved.jsonl"))
        #expect(refused.last == "[exit 2]", "\(options): \(refused)")
        #expect(refused.contains { $0.contains(told) }, "\(options): \(refused)")
      }
      let own = try bench.shell.run(bench.command("-o asks.jsonl"))
      #expect(own.last == "[exit 2]", "\(own)")
      #expect(try bench.text("asks.jsonl").hasPrefix(#"{"custom_id":"item-0""#))
    }
  }

  @Test func `go on when nobody reads what they say`() async throws {
    try await BatchBench.with(30, Script(rules: [Rule(delay: 700)])) { bench in
      let lines = try bench.shell.run("{ \(bench.command("--progress 1s")); } 2>&1 | head -n 1")
      #expect(lines.first?.contains("/30 done, ") == true, "\(lines)")
      #expect(try bench.lines().count { $0.status == 200 } == 30)
    }
  }

  @Test func `are not resumed in silence once the ledger may have forgotten`() async throws {
    try await BatchBench.with(30) { bench in
      try bench.run("--max-cost 0.00000500")
      let some = try bench.lines().count
      #expect((1..<30).contains(some))
      _ = try bench.shell.run("touch -d '9 days ago' answers.jsonl")
      let lines = try bench.run()
      #expect(lines.first?.hasPrefix("`answers.jsonl` was written 9 days ago") == true, "\(lines)")
      #expect(lines.last == "[exit 2]" && bench.calls.count == some)
      try bench.run("--retry-lost")
      #expect(try bench.lines().count == 30)
      #expect(bench.calls.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func `keep the permissions of their file, and names harmless for a terminal`() async throws
  {
    let script = Script(rules: [Rule(fault: .badRequest)])
    try await BatchBench.with(1, script) { bench in
      let ask = BatchBench.ask(0).replacing("item-0", with: "red\\u001b[31m")
      try bench.write(ask, to: "asks.jsonl")
      let lines = try bench.run()
      #expect(lines.contains { $0.hasPrefix("  line 1  red\u{241B}[31m: 400 ") }, "\(lines)")
      #expect(!lines.contains { $0.contains("\u{1B}") })
      #expect(try bench.lines().first?.id == "red\u{1B}[31m")
      _ = try bench.shell.run("chmod 600 answers.jsonl")
      bench.standIn.follow(Script())
      try bench.run("--retry-failed")
      #expect(try bench.shell.run("stat -c %a answers.jsonl") == ["600"])
    }
  }

  @Test func `call once for requests that are the same, where the policy keeps answers`()
    async throws
  {
    try await BatchBench.with(0, Script(rules: [Rule(delay: 50)])) { bench in
      let policy = BatchBench.policy.replacing(
        "use qwen3-8b", with: "cache exact for 1h per tenant  use qwen3-8b")
      try bench.write(policy, to: "policy.rung")
      let asks = (0..<40).map { number in
        BatchBench.ask(number % 5).replacing("item-\(number % 5)\"", with: "item-\(number)\"")
      }
      try bench.write(asks.joined(separator: "\n"), to: "asks.jsonl")
      try bench.run("--tenant acme --max-cost 0.01")
      let lines = try bench.lines()
      #expect(lines.count == 40 && lines.allSatisfy { $0.status == 200 })
      #expect(lines.count { $0.cost == "0.00" } == 35)
      #expect(bench.calls.count == 5 && bench.calls.values.allSatisfy { $0 == 1 })
    }
  }
}

extension [String] {
  /// The number in the first line that is of a pattern.
  fileprivate func firstMatch(ofPattern pattern: Regex<(Substring, Substring)>) -> Int? {
    lazy.compactMap { $0.wholeMatch(of: pattern).flatMap { Int($0.1) } }.first
  }
}
