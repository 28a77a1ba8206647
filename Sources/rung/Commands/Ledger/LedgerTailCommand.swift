import ArgumentParser
import Foundation
import LedgerExchange
import RoutingLedger

struct LedgerTailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Show the newest rows, and with --follow those that come.",
    discussion: """
      A row is a request: its name, when it was admitted (UTC), who asked, the route and the model that \
      answered, tokens in and out, and the cost. `≤` marks an upper bound, `?` what nobody knows: it \
      is not zero. With --format json each row is a line, as `rung ledger export` writes it.

      EXAMPLES
        rung ledger tail --last 5
        rung ledger tail --follow --tenant acme --status failed
        rung ledger tail --since 2h --format json | jq -r .cost
      """)

  @OptionGroup var ledger: LedgerPlace

  @Option(help: "How many.")
  var last = 20

  @Flag(help: "Go on with rows as they are committed, until Ctrl-C.")
  var follow = false

  @OptionGroup var rows: LedgerFilterArguments

  @Option(help: "text for people, json for machines: a line for each row.")
  var format = OutputFormat.text

  func validate() throws {
    guard (0...100_000).contains(last) else {
      throw ValidationError("--last takes a number from 0 to 100000")
    }
  }

  func run() async throws {
    let reader = try ledger.reader()
    var filter = try rows.filter()
    let interrupted = follow ? Interruption() : nil
    // Read before the newest rows: what comes in between is then shown, not lost.
    let before = try reading { () throws(LedgerFailure) in try reader.last(1) }
    let newest = try reading { () throws(LedgerFailure) in
      try reader.last(last, matching: filter)
    }
    var table = TailTable(newest, keepsEmptyColumns: follow)
    show(newest, &table)
    if format == .text, newest.isEmpty, !follow { Terminal.out("no rows") }
    guard let interrupted else { return }
    filter.after = max(before.last?.sequence ?? 0, newest.last?.sequence ?? 0)
    while !interrupted.hasCome {
      var found: [ChainedEntry] = []
      try reading { () throws(LedgerFailure) in
        try reader.forEach(matching: filter) { row in
          found.append(row)
          return found.count < 1000
        }
      }
      show(found, &table)
      if let last = found.last {
        filter.after = last.sequence
      } else {
        _ = try? await interrupted.cancelling { try await Task.sleep(for: .milliseconds(250)) }
      }
    }
    throw ExitCode(130)
  }

  private func show(_ rows: [ChainedEntry], _ table: inout TailTable) {
    for row in rows {
      switch format {
      case .text: for line in table.lines(of: row) { Terminal.out(line) }
      case .json: Terminal.out(String(decoding: EntryExport.json(row), as: UTF8.self))
      }
    }
  }
}
