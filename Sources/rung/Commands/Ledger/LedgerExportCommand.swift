import ArgumentParser
import Foundation
import LedgerExchange
import PolicyUnits
import RoutingLedger

struct LedgerExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write rows as CSV or JSON lines, every field of them.",
    discussion: """
      What is written is the format rung.ledger/2, which `rung ledger import` reads again field by field; \
      policies/LEDGER.md has its columns. Amounts are exact decimals in the row's currency, with \
      nano-units beside them. The same rows always make the same bytes.

      In CSV a text that a spreadsheet would run as a formula (=, +, -, @ at its beginning) has an \
      apostrophe before it, which the import takes off again; --unguarded leaves it out. JSON has \
      none.

      EXAMPLES
        rung ledger export -o october.csv --since 2026-10-01 --until 2026-11-01
        rung ledger export --tenant acme | jq -r '[.id, .cost] | @tsv'
        rung ledger export --attempts --format csv -o attempts.csv
        rung ledger export --ratings | jq 'select(.counts) | [.id, .score, .comment]'
      """)

  @OptionGroup var ledger: LedgerPlace

  @Option(help: "jsonl for a line of JSON each, csv for a table.")
  var format = EntryExport.Format.jsonl

  @Option(
    name: .shortAndLong, help: "Write to this file, whole or not at all.", completion: .file())
  var output: String?

  @Flag(help: "A line for each attempt instead of each request; not to be imported.")
  var attempts = false

  @Flag(help: "A line for each rating that callers gave these requests; not to be imported.")
  var ratings = false

  @Flag(help: "Leave the apostrophe before formulas out.")
  var unguarded = false

  @OptionGroup var rows: LedgerFilterArguments

  func validate() throws {
    if attempts && ratings { throw ValidationError("--attempts and --ratings exclude each other") }
  }

  func run() async throws {
    let reader = try ledger.reader()
    let filter = try rows.filter()
    let export =
      ratings
      ? Content.ratings(RatingExport(format, guarded: !unguarded))
      : Content.rows(EntryExport(format, byAttempt: attempts, guarded: !unguarded))
    let output = output
    guard let output else {
      _ = try Self.write(reader, filter, export) { piece throws(CommandFailure) in
        Terminal.out(String(decoding: piece, as: UTF8.self), newline: false)
      }
      return
    }
    guard !Files.areOne(output, ledger.path) else {
      throw CommandFailure("`\(output)` is the ledger itself; name another file with -o")
    }
    let count = try await Progress.during("exporting to \(output)") {
      let file = try FileDraft(for: output)
      do {
        let count = try Self.write(reader, filter, export) { piece throws(CommandFailure) in
          try file.write(piece)
        }
        try file.put()
        return count
      } catch {
        file.discard()
        throw error
      }
    }
    let noun = ratings ? "rating" : "row"
    Terminal.error("\(Amounts.count(count, noun)) in \(output)")
  }

  private enum Content: Sendable {
    case rows(EntryExport)
    case ratings(RatingExport)
  }

  /// Hands the lines out in pieces of some size, and says how many rows or ratings they are of.
  private static func write(
    _ reader: LedgerReader, _ filter: LedgerFilter, _ content: Content,
    to sink: ([UInt8]) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> Int {
    var count = 0
    var piece: [UInt8] = []
    var failure: CommandFailure?
    /// False once nothing more can be written.
    func take(_ lines: [UInt8]) -> Bool {
      count += 1
      piece += lines
      guard piece.count >= 1 << 16 else { return true }
      do throws(CommandFailure) {
        try sink(piece)
        piece.removeAll(keepingCapacity: true)
        return true
      } catch {
        failure = error
        return false
      }
    }
    try reading { () throws(LedgerFailure) in
      switch content {
      case .rows(var export):
        piece = export.header()
        try reader.forEach(matching: filter) { take(export.lines(of: $0)) }
      case .ratings(var export):
        piece = export.header()
        try reader.forEachRating(matching: filter) { take(export.line(of: $0)) }
      }
    }
    if let failure { throw failure }
    try sink(piece)
    return count
  }
}

extension EntryExport.Format: ExpressibleByArgument {}
