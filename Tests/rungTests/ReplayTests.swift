import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct `What replays print` {
  private static let example = "examples/13-what-a-week-would-have-cost"
  private static let week = "\(example)/policy.rung \(example)/week.jsonl"

  @Test func `a page is well-formed, whatever the log says`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let log = """
      {"time":1700000000,"model":"<b>&","input_tokens":1,"output_tokens":1}
      {"time":1700000000,"model":"gpt-4o","input_tokens":5,"output_tokens":5,"tenant":"<script>"}
      {"time":"<i>","model":"gpt-4o"}
      no line \u{1} at all
      """
    try Data(log.utf8).write(to: shell.folder.appending(path: "log.jsonl"))
    let page = try shell.run(
      "rung replay \(Self.example)/policy.rung log.jsonl --against \(Self.example)/flash.rung "
        + "--explain 5 --format html")
    let text = page.joined(separator: "\n")
    let parser = XMLParser(data: Data(text.utf8))
    #expect(parser.parse(), "line \(parser.lineNumber)")
    #expect(text.contains("&lt;b&gt;&amp;") && !text.contains("<b>&"))
    #expect(text.contains("under this policy") && text.contains("1 of the requests explained"))
    #expect(!text.contains("http://") || text.contains("http://www.w3.org"))
  }

  @Test func `a change that cannot be known is null, and no change is no member`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let files = [
      "catalog.yaml": """
      currency: USD
      providers: {p: {base_url: "http://127.0.0.1:1/v1"}}
      models:
        cheap: {provider: p, window: 8k, max_output: 1k, prices: {input: 1, output: 1, date: 2026-11-01, source: t}}
        dear: {provider: p, window: 8k, max_output: 1k, prices: {input: 9, output: 9, date: 2026-11-01, source: t}}
      """,
      // Nobody says how often the cheap tier is accepted.
      "new.rung": """
      rung 1
      catalog "catalog.yaml"
      gate long = length >= 20 chars
      ladder two { tier cheap accept long  tier dear }
      otherwise { use two }
      """,
      "old.rung": "rung 1\ncatalog \"catalog.yaml\"\notherwise { use dear }\n",
      "log.jsonl": #"{"time":1700000000,"model":"dear","input_tokens":5,"output_tokens":5}"#,
    ]
    for (name, text) in files {
      try Data(text.utf8).write(to: shell.folder.appending(path: name))
    }
    func change(_ options: String) throws -> [String] {
      try shell.run("rung replay new.rung log.jsonl --format json \(options)")
        .filter { $0.hasPrefix("  \"change\"") }
    }
    #expect(try change("").isEmpty)
    #expect(try change("--against old.rung") == ["  \"change\": null,"])
    let known = try change("--against old.rung --accept cheap=50%")
    #expect(known.count == 1 && known != ["  \"change\": null,"])
  }

  /// A million tokens at a dollar each row.
  private static func dollars(_ times: [Int]) -> String {
    times.map {
      #"{"time":\#($0),"model":"cheap","input_tokens":1000000,"output_tokens":0}"#
    }.joined(separator: "\n")
  }

  /// With a policy of one model, at a dollar a million tokens.
  private static func shell(_ log: String) throws -> Shell {
    let shell = try Shell()
    let files = [
      "catalog.yaml": """
      currency: USD
      providers: {p: {base_url: "http://127.0.0.1:1/v1"}}
      models:
        cheap: {provider: p, window: 8M, max_output: 1k, prices: {input: 1, output: 1, date: 2026-11-01, source: t}}
      """,
      "new.rung": "rung 1\ncatalog \"catalog.yaml\"\notherwise { use cheap }\n",
      "log.jsonl": log,
    ]
    for (name, text) in files {
      try Data(text.utf8).write(to: shell.folder.appending(path: name))
    }
    return shell
  }

  @Test func `a row of 1970 makes no day shorter, and every report names the pause`() throws {
    let week = Self.dollars((0..<7).map { 1_700_000_000 + 86_400 * $0 })
    let stray =
      #"{"time":"1970-01-01T00:00:00Z","model":"cheap","input_tokens":6000000,"output_tokens":0}"#
    let shell = try Self.shell(week + "\n" + stray)
    defer { shell.remove() }
    let pause = "no request from 1970-01-01 to 2023-11-14, more than a year"
    let text = try shell.run("rung replay new.rung log.jsonl")
    let logged = try #require(text.first { $0.hasPrefix("  as logged") })
    #expect(logged.contains(" $13.00 ") && logged.contains(" $1.86 a day "))
    #expect(text.contains { $0.hasPrefix("  the log covers 7.0 days: ") })
    for command in [
      "rung replay new.rung log.jsonl", "rung replay new.rung log.jsonl --format html",
      "rung replay new.rung log.jsonl --format markdown", "rung audit log.jsonl",
      "rung audit log.jsonl --format html", "rung diff new.rung new.rung --log log.jsonl",
    ] {
      #expect(try shell.run(command).contains { $0.contains(pause) }, "\(command)")
    }
    for command in ["rung replay new.rung log.jsonl", "rung audit log.jsonl"] {
      let json = try shell.run(command + " --format json")
      let place = try #require(json.firstIndex(of: "  \"gaps\": ["))
      #expect(json[place + 2].hasSuffix(#""from": "1970-01-01T00:00:00.000Z","#))
      #expect(json[place + 3].hasSuffix(#""to": "2023-11-14T22:13:20.000Z""#))
    }
  }

  @Test(arguments: [
    // Seven days, though the last is six after the first.
    ((0..<7).map { 86_400 * $0 }, "$1.00 a day", "604800000"),
    // The same in any order.
    ([4, 0, 6, 1, 5, 3, 2].map { 86_400 * $0 }, "$1.00 a day", "604800000"),
    // Two days at three hours each.
    ([0, 3, 6, 24, 27, 30].map { 3600 * $0 }, "$3.00 a day", "172800000"),
    ([0], "", "null"), ([5, 5, 5], "", "null"), ([0, 3600], "", "7200000"),
  ])
  func `says a day of the time a log covers`(times: [Int], day: String, covered: String) throws {
    let shell = try Self.shell(Self.dollars(times.map { 1_700_000_000 + $0 }))
    defer { shell.remove() }
    let text = try shell.run("rung replay new.rung log.jsonl")
    let logged = try #require(text.first { $0.hasPrefix("  as logged") })
    #expect(day.isEmpty ? !logged.contains("a day") : logged.contains(" \(day) "))
    #expect(text.contains { $0.hasPrefix("  the log covers ") } == !day.isEmpty)
    let json = try shell.run("rung replay new.rung log.jsonl --format json")
    #expect(json.contains("  \"covered_milliseconds\": \(covered),"))
    let difference = try shell.run("rung diff new.rung new.rung --log log.jsonl")
    #expect(difference.contains { $0.contains("a day: the log covers") } == !day.isEmpty)
  }

  @Test func `the same seed explains the same rows, another one others`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    func rows(_ options: String) throws -> [String] {
      try shell.run("rung replay \(Self.week) \(options)")
        .filter { $0.hasPrefix("  request ") }
    }
    let first = try rows("--explain 5 --seed 3")
    #expect(first.count == 5 && Set(first).count == 5)
    #expect(try rows("--explain 5 --seed 3") == first)
    #expect(try rows("--explain 5 --seed 4") != first)
    // The rows of a smaller sample are among those of a larger one.
    let more = try rows("--explain 20 --seed 3")
    #expect(more.count == 20 && Set(first).isSubset(of: more))
    #expect(try rows("").isEmpty)
    let all = try rows("--explain 1000")
    #expect(all.count == 348)
    let refused = try shell.run("rung replay \(Self.week) --explain 1001")
    #expect(refused.contains { $0.contains("from 0 to 1000") })
  }

  @Test func `what was said of compression and batches is said again, in every format`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    for format in ["text", "json", "markdown", "html"] {
      let said = try shell.run(
        "rung replay \(Self.week) --compression 20% --batching 12.5% --format \(format)"
      ).joined(separator: "\n")
      #expect(said.contains("20.0 % of the input tokens go where a route compresses"), "\(format)")
      #expect(said.contains("12.5 % of the cost is saved where a route batches"), "\(format)")
      #expect(said.contains("as --batching says; no route of these requests does"), "\(format)")
      let silent = try shell.run("rung replay \(Self.week) --format \(format)")
      #expect(!silent.contains { $0.contains("--batching says") }, "\(format)")
    }
  }

  @Test func `a table is a log`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let table = #"""
      time,tenant,model,input_tokens,output_tokens,metadata.kind,note
      2026-11-09T07:56:29.747Z,east,gpt-4o,295,105,faq,"two
      lines, and ""quotes"" in it"

      1762700000.5,"a ""b""",gpt-4o,100,10,code,
      1762700000,,gpt-4o,100,,code,
      """#
    let lines = #"""
      {"time":"2026-11-09T07:56:29.747Z","tenant":"east","model":"gpt-4o","input_tokens":295,"output_tokens":105,"metadata":{"kind":"faq"}}
      {"time":1762700000.5,"tenant":"a \"b\"","model":"gpt-4o","input_tokens":100,"output_tokens":10,"metadata":{"kind":"code"}}
      {"time":1762700000,"model":"gpt-4o","input_tokens":100,"metadata":{"kind":"code"}}
      """#
    try Data(("\u{FEFF}" + table).utf8).write(to: shell.folder.appending(path: "log.csv"))
    try Data(lines.utf8).write(to: shell.folder.appending(path: "log.jsonl"))
    let policy = "\(Self.example)/policy.rung"
    func told(_ log: String) throws -> [String] {
      try shell.run("rung replay \(policy) \(log)").map {
        // The lines are where they are in the file.
        $0.replacing(/\(?line \d\)?/, with: "line")
      }
    }
    #expect(try told("log.csv") == told("log.jsonl"))
    let shown = try shell.run("rung replay \(policy) - < log.csv")
    #expect(shown.contains("requests   2 counted"))
    #expect(shown.contains { $0.contains("the log does not count their tokens (line 6)") })
    for (text, problem) in [
      ("a,b\n1,2\n", "no CSV with a column `time`"), ("time,model,model\n", "two columns named"),
      ("time,format\n1,rung.ledger/2\n", "export in CSV"), ("[{}]\n", "one JSON array"),
    ] {
      try Data(text.utf8).write(to: shell.folder.appending(path: "bad"))
      let told = try shell.run("rung replay \(policy) bad")
      #expect(told.first?.contains(problem) == true, "\(text): \(told)")
    }
  }

  @Test func `budgets are counted only if there is one to count`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let refused = try shell.run("rung replay \(Self.week) --budgets")
    #expect(refused.first?.contains("no budget or limit that outlives a request") == true)
  }

  @Test func `a log over a difference adds up in every format`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let command =
      "rung diff \(Self.example)/flash.rung \(Self.example)/policy.rung --log \(Self.example)/week.jsonl"
    let json = try shell.run("\(command) --format json").joined(separator: "\n")
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let changes = try #require(root["changes"] as? [[String: Any]])
    let log = try #require(root["log"] as? [String: Any])
    let parts =
      changes.compactMap { $0["log"] as? [String: Any] }
      + [log["not_changed"] as? [String: Any]].compactMap(\.self)
    #expect(parts.count == changes.count + 1)
    let whole = try #require(log["all"] as? [String: Any])
    let requests = parts.reduce(0) { $0 + ($1["requests"] as? Int ?? 0) }
    #expect(requests == 348 && requests == whole["requests"] as? Int)
    for side in ["old", "new"] {
      func nanos(_ part: [String: Any]) -> Int {
        (part[side] as? [String: Any])?["cost_nanos"] as? Int ?? .min / 8
      }
      let sum = parts.reduce(0) { $0 + nanos($1) }
      #expect(sum == nanos(whole), "\(side)")
    }
    let text = try shell.run(command)
    let shown = text.filter { $0.hasPrefix("   log ") }
    #expect(shown.count == changes.count)
    #expect(text.contains { $0.hasPrefix("log         348 requests") })
    let markdown = try shell.run("\(command) --format markdown")
    #expect(markdown.contains { $0.hasPrefix("| all | 348 |") })
    let refused = try shell.run("rung diff a b --accept m=1%")
    #expect(refused.contains { $0.contains("belongs to `--log`") })
  }

  @Test func `lines a difference cannot count are told of, and a log of nothing else is refused`()
    throws
  {
    let shell = try Shell()
    defer { shell.remove() }
    let policies = "\(Self.example)/flash.rung \(Self.example)/policy.rung"
    let some = try shell.run(
      "(printf 'not json\\n[]\\n'; head -n 3 \(Self.example)/week.jsonl) > some.jsonl; "
        + "rung diff \(policies) --log some.jsonl 2>&1; echo exit $?")
    #expect(some.contains { $0.hasPrefix("2 lines of the log cannot be read, the first: ") })
    #expect(some.contains { $0.hasPrefix("log         3 requests") } && some.last == "exit 0")
    let none = try shell.run(
      "echo '{\"time\":\"x\"}' > none.jsonl; rung diff \(policies) --log none.jsonl 2>&1; echo exit $?"
    )
    #expect(none.contains("no request of the log could be counted") && none.last == "exit 1")
  }
}
