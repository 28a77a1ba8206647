import Foundation
import Testing

@Suite struct `An import into the ledger` {
  /// As many rows as several commits take.
  private static let count = 9_000

  private static func table() -> String {
    var text = "at,in,out,usd,who\n"
    for row in 0..<count {
      text += "\(1_795_262_400 + row),\(row % 4000),\(row % 70),0.\(100_000 + row),t\(row % 7)\n"
    }
    return text
  }

  private static let columns = "time=at,input_tokens=in,output_tokens=out,cost=usd,tenant=who"

  /// A limit on the size of files stands for a full disk: it comes at the same byte in every run.
  @Test func `that a full disk cuts off goes on where it stopped, and doubles no row`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try Self.table().write(
      to: shell.folder.appending(path: "calls.csv"), atomically: true, encoding: .utf8)
    let command = "rung ledger import calls.csv --columns \(Self.columns)"
    let whole = try shell.run("\(command) --ledger whole.ledger")
    #expect(whole.last?.hasPrefix("9,000 rows kept in whole.ledger") == true)
    let cut = try shell.run("trap '' XFSZ; ulimit -f 3000; \(command) --ledger cut.ledger")
    #expect(cut.last?.hasPrefix("[exit ") == true, "\(cut)")
    let kept = try shell.run("rung ledger export --ledger cut.ledger | wc -l")
    let first = Int(kept.first?.trimmingCharacters(in: .whitespaces) ?? "") ?? 0
    #expect(first > 0 && first < Self.count, "the limit must cut the import off in its middle")
    let rest = try shell.run("\(command) --ledger cut.ledger")
    #expect(
      rest.last == "\(Self.grouped(Self.count - first)) rows kept in cut.ledger at places "
        + "\(first + 1) to \(Self.count), behind \(Self.grouped(first)) rows of an import that was "
        + "cut off")
    // The chain covers every field of every row, so equal hashes are equal ledgers.
    let hash = "rung ledger tail --last 1 --format json | tr ',' '\\n' | grep '\"hash\"'"
    let hashes = try ["whole", "cut"].map {
      try shell.run("RUNG_LEDGER=\($0).ledger; export RUNG_LEDGER; \(hash)")
    }
    #expect(hashes[0] == hashes[1])
    let again = try shell.run("\(command) --ledger cut.ledger")
    #expect(again.last == "[exit 2]")
  }

  private static func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : "\(number / 1000),\(String(format: "%03d", number % 1000))"
  }

  @Test func `never writes what it read under a budget, and refuses a name the ledger has`() throws
  {
    let shell = try Shell()
    defer { shell.remove() }
    let log = "examples/ledger/spend-logs.json"
    _ = try shell.run("rung ledger import \(log)")
    _ = try shell.run("rung ledger export -o rows.jsonl")
    let twice = try shell.run("rung ledger import rows.jsonl")
    #expect(twice.last == "[exit 1]")
    #expect(twice.filter { $0.hasSuffix("is in the ledger already") }.count == 3, "\(twice)")
    // The same requests in another file are known by their names.
    _ = try shell.run("tr -d '\\n' < \(log) > one-line.json")
    let other = try shell.run("rung ledger import one-line.json")
    #expect(other.contains { $0.contains("`chatcmpl-a1` is in the ledger already") }, "\(other)")
    #expect(try shell.run("rung ledger export | wc -l").first?.contains("3") == true)
  }

  @Test func `says in one line why a file or a ledger cannot be used`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let log = "examples/ledger/spend-logs.json"
    let cases: [(command: String, words: String, exit: Int)] = [
      ("rung ledger import nothing.csv", "there is no `nothing.csv`", 2),
      ("rung ledger import -", "an import is read twice", 2),
      ("rung ledger import policies", "`policies` cannot be read as a file", 2),
      ("rung ledger import \(log) --ledger policies", "is a folder", 2),
      ("rung ledger import \(log) --ledger examples/ledger/calls.csv", "is no ledger", 3),
      ("rung ledger import \(log) --currency usd", "is no currency", 2),
      ("rung ledger import \(log) --columns time", "is no pair", 2),
      ("rung ledger import \(log) --catalog \(log)", "is no catalog", 1),
      ("rung ledger import \(log) --as azure-trace --columns time=a,cost=b", "exclude", 2),
      ("rung ledger export -o policies", "there is no ledger", 2),
      ("rung ledger tail --last -1", "--last", 2),
    ]
    for (command, words, exit) in cases {
      let lines = try shell.run(command)
      #expect(lines.contains { $0.contains(words) }, "\(command): \(lines)")
      #expect(lines.last == "[exit \(exit)]", "\(command): \(lines)")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: shell.folder.path)
    #expect(!files.contains("rung.ledger"))
  }
}
