import Foundation
import RoutingTestSupport
import Testing

/// Logs as they come: out of order, in pieces, with marks, as tables, with broken lines.
@Suite struct `Logs as they come` {
  private static let week = "examples/13-what-a-week-would-have-cost"
  private static let weeks = "examples/14-where-the-money-goes"

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOf: Shell.root.appending(path: path), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  /// What a command prints, without the numbers of lines and the names of files.
  private func told(_ shell: Shell, _ command: String) throws -> [String] {
    try shell.run(command).map {
      $0.replacing(/"(example|first)_line": \d+/, with: "").replacing(/\(?line [\d,]+\)?/, with: "")
        .replacing(/"?[\w\-\/]+\.(jsonl|csv)"?|"-"/, with: "LOG")
    }
  }

  @Test func `say the same in every order, over several files and through a pipe`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let seed: UInt64 = 20_261_124
    var random = SplitMix(state: seed)
    SharedData.say("logs out of order: seed \(seed)")
    for (log, commands) in [
      (
        "\(Self.week)/week.jsonl",
        [
          "rung replay \(Self.week)/policy.rung LOG --format json",
          "rung replay \(Self.week)/budgets.rung LOG --budgets --format json",
          "rung diff \(Self.week)/flash.rung \(Self.week)/policy.rung --log LOG --format json",
        ]
      ),
      (
        "\(Self.weeks)/two-weeks.jsonl",
        [
          "rung audit LOG --format json --since 2026-11-09 --against 2026-11-02 --catalog \(Self.weeks)/catalog.yaml",
          "rung audit LOG --format json",
        ]
      ),
    ] {
      let ordered = try lines(log)
      var mixed = ordered
      for place in mixed.indices.dropFirst().reversed() {
        mixed.swapAt(place, Int(random.next() % UInt64(place + 1)))
      }
      #expect(mixed != ordered)
      func write(_ lines: [String], _ name: String, end: String = "\n") throws {
        let text = lines.joined(separator: "\n") + end
        try Data(text.utf8).write(to: shell.folder.appending(path: name))
      }
      try write(mixed, "mixed.jsonl")
      try write(["\u{FEFF}" + mixed[0]] + mixed.dropFirst() + [""], "marked.jsonl", end: "")
      for part in 0..<3 {
        let own = ordered.enumerated().filter { $0.offset % 3 == part }.map(\.element)
        try write(own, "part\(part).jsonl", end: part == 1 ? "" : "\n")
      }
      for command in commands {
        let plain = try told(shell, command.replacing("LOG", with: log))
        for way in ["mixed.jsonl", "marked.jsonl", "- < mixed.jsonl"] {
          let found = try told(shell, command.replacing("LOG", with: way))
          #expect(found == plain, "\(command) of \(way)")
        }
        let piped = try told(shell, "cat mixed.jsonl | " + command.replacing("LOG", with: "-"))
        #expect(piped == plain, "\(command)")
        guard !command.contains("diff") else { continue }
        let parts = "part2.jsonl part0.jsonl part1.jsonl"
        let found = try told(shell, command.replacing("LOG", with: parts))
          .filter { !$0.contains("LOG") }
        #expect(found == plain.filter { !$0.contains("LOG") }, "\(command) of \(parts)")
      }
    }
  }

  @Test func `keep the number of a line that is read out of order`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let late = #"{"time":1794182500,"model":"gpt-4o","input_tokens":5,"output_tokens":5}"#
    let early = #"{"time":1794182400,"model":"unheard","input_tokens":5,"output_tokens":5}"#
    try Data("\n\(late)\nno line\n\n\(early)\n{\"time\":\n{\"time\":1700000000}\n".utf8)
      .write(to: shell.folder.appending(path: "log.jsonl"))
    let shown = try shell.run("rung replay \(Self.week)/policy.rung log.jsonl")
    #expect(shown.contains { $0.contains("no price of `unheard`") && $0.contains("(line 5)") })
    #expect(shown.contains { $0.contains("the log does not count their tokens (line 7)") })
    #expect(shown.contains { $0.hasPrefix("  otherwise") && $0.contains("line 2") })
    #expect(shown.contains("unread     2 lines"))
    #expect(
      shown.contains { $0.contains("line 3: ") } && shown.contains { $0.contains("line 6: ") })
  }

  @Test func `are read past a first line that is broken, and past a mark of the byte order`() throws
  {
    let shell = try Shell()
    defer { shell.remove() }
    let row = #"{"time":1794182400,"model":"gpt-4o","input_tokens":5,"output_tokens":5,"cost":0.1}"#
    let commands = ["rung replay \(Self.week)/policy.rung log", "rung audit log"]
    for (text, unread) in [
      ("garbage\n\(row)\n", 1), ("\u{FEFF}\(row)\n", 0), ("\u{FEFF}\n\n\(row)", 0),
      ("12\n\(row)\nmore\n\(row)", 2),
    ] {
      try Data(text.utf8).write(to: shell.folder.appending(path: "log"))
      for command in commands {
        let shown = try shell.run(command)
        let rows = text.components(separatedBy: row).count - 1
        #expect(shown.contains { $0.hasPrefix("requests   \(rows)") }, "\(text): \(shown)")
        let told = shown.contains { $0.hasPrefix("unread     \(unread) line") }
        #expect(told == (unread > 0), "\(text): \(shown)")
      }
    }
    for (text, problem) in [
      ("nothing here\nat all\n", "no log of JSON objects"), ("[\(row)]", "one JSON array"),
      ("\u{1f}\u{8b}", "compressed"),
    ] {
      try Data(text.utf8).write(to: shell.folder.appending(path: "log"))
      for command in commands {
        let shown = try shell.run(command)
        #expect(shown.first?.contains(problem) == true && shown.last == "[exit 2]", "\(shown)")
      }
    }
  }

  @Test func `of other programs, whose rows name no time, are sent to the import`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let row = #"{"request_id":"a","startTime":"2026-11-20T10:00:00Z","model":"gpt-4o","spend":0.1}"#
    try Data("\(row)\n\(row)\n".utf8).write(to: shell.folder.appending(path: "log"))
    for command in [
      "rung replay \(Self.week)/policy.rung log 2>&1 >/dev/null",
      "rung audit log 2>&1 >/dev/null",
      "rung diff \(Self.week)/flash.rung \(Self.week)/policy.rung --log log 2>&1 >/dev/null",
    ] {
      let said = try shell.run(command).joined(separator: "\n")
      #expect(said.contains("no row has a `time`: `rung ledger import`"), "\(command): \(said)")
    }
    // One row with a time is a log with broken rows.
    let timed = #"{"time":1794182400,"status":"failed","model":"gpt-4o"}"#
    try Data("\(row)\n\(timed)\n{}\nx\n".utf8).write(to: shell.folder.appending(path: "log"))
    let said = try shell.run("rung replay \(Self.week)/policy.rung log 2>&1 >/dev/null")
    #expect(!said.joined().contains("ledger import"), "\(said)")
  }

  @Test func `and gold sets and matrices that are none are refused in the same words`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try Data([0x1f, 0x8b, 0x08, 0x00]).write(to: shell.folder.appending(path: "packed"))
    try Data("[{}]".utf8).write(to: shell.folder.appending(path: "array"))
    try Data([0xff, 0xfe, 0x7b, 0x00]).write(to: shell.folder.appending(path: "wide"))
    let gold = #"{"id":"1","question":"a","expect":{"contains":"a"}}"#
    try Data(gold.utf8).write(to: shell.folder.appending(path: "gold"))
    let eval = "rung eval \(Self.week)/policy.rung"
    for (file, problem) in [
      ("packed", "`packed` is compressed; read it as `zcat packed | COMMAND -`"),
      (
        "array",
        "`array` is one JSON array; a NOUN is an object to a line: `jq -c '.[]' array | COMMAND -`"
      ),
      (
        "wide",
        "`wide` is no UTF-8; write it anew: `iconv -f UTF-16 -t UTF-8 wide | COMMAND -`"
      ),
      (".", "`.` is a folder, not a NOUN"), ("nowhere", "there is no `nowhere`"),
    ] {
      for (command, noun, reader) in [
        ("rung replay \(Self.week)/policy.rung \(file)", "log", "rung replay POLICY"),
        ("\(eval) --gold \(file) --matrix gold", "gold set", "rung eval POLICY --gold"),
        (
          "\(eval) --gold gold --matrix \(file)", "matrix",
          "rung eval POLICY --gold FILE --matrix"
        ),
      ] {
        let said = try shell.run(command)
        let wanted = problem.replacing("NOUN", with: noun).replacing("COMMAND", with: reader)
        #expect(said.first == wanted && said.last == "[exit 2]", "\(command): \(said)")
      }
    }
  }

  @Test func `as a table lose no column an audit reads, and no bad record goes unnamed`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let rows = try lines("\(Self.weeks)/two-weeks.jsonl").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    let names = Set(rows.flatMap(\.keys)).sorted()
    #expect(
      Set(["task", "route", "finish_reason", "system_prompt_fingerprint"]).isSubset(of: names))
    var table = names.joined(separator: ",") + "\n"
    for row in rows {
      table += names.map { row[$0].map { "\($0)" } ?? "" }.joined(separator: ",") + "\n"
    }
    try Data(table.utf8).write(to: shell.folder.appending(path: "log.csv"))
    let audit = "--format json --since 2026-11-09 --against 2026-11-02"
    let expected = try told(shell, "rung audit \(Self.weeks)/two-weeks.jsonl \(audit)")
    let found = try told(shell, "rung audit log.csv \(audit)")
    #expect(found == expected)

    var bytes = Array("time,model,cost,note\n1794182400,a,0.5,x\n1794182401,b,0.5\n".utf8)
    bytes += Array("1794182402,c".utf8) + [0xff] + Array(",0.5,x\n1794182403,d,0.5,".utf8) + [0xfe]
    bytes += Array("\n1794182399,e,\"0\"5,x\n1794182300,f,0.25,x\n".utf8)
    try Data(bytes).write(to: shell.folder.appending(path: "bad.csv"))
    let shown = try shell.run("rung audit bad.csv --by model")
    #expect(shown.contains { $0.hasPrefix("requests   3, $1.25") }, "\(shown)")
    #expect(shown.contains { $0.contains("line 3: 3 fields where the header has 4") }, "\(shown)")
    #expect(shown.contains { $0.contains("line 4: `model` is not UTF-8") }, "\(shown)")
    #expect(shown.contains { $0.contains("line 6: ") }, "\(shown)")
  }

  @Test func `that list calls instead of requests are refused by name`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    for (format, words) in [
      ("rung.ledger.attempts/2", "a line for each attempt"),
      ("rung.ledger.ratings/1", "a line for each rating"),
    ] {
      let line =
        #"{"format":"\#(format)","time":"2026-11-09T00:00:00.000Z","model":"m","cost_nanos":5}"#
      try Data((line + "\n").utf8).write(to: shell.folder.appending(path: "log"))
      for command in ["rung audit log", "rung replay \(Self.week)/policy.rung log"] {
        let shown = try shell.run(command)
        #expect(shown.first?.contains(words) == true && shown.last == "[exit 2]", "\(shown)")
      }
    }
  }
}
