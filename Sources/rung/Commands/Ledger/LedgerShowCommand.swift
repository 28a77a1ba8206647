import ArgumentParser
import LedgerPages
import PolicyCompiler
import PolicyExplain
import PolicyGraph
import PolicyWorkspace
import RoutingBudgets
import RoutingLedger
import RoutingRuntime

struct LedgerShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "One request as it was recorded, and why it was decided so.",
    discussion: """
      A REQUEST is its name in the ledger, the beginning of it, or last.

      The explanation is made again from what the row holds: the facts the decision read, and the \
      policy as it was, which the ledger keeps. It is what rung explain said then, but that nothing of \
      the prompt is quoted: the ledger has none of it. Words that were found in it are named as the \
      policy writes them. If the decision made again were another, that is said instead.

      Prints tell versions apart: of the policy's files, the catalog, the system and developer messages \
      as the caller sent them, and the whole body. Other bytes have another print.

      EXAMPLES
        rung ledger show last
        rung ledger show 01KAJ5
        rung ledger show last --format json
      """)

  @Argument(help: "The request: its name, the beginning of it, or last.")
  var request: String

  @OptionGroup var ledger: LedgerPlace

  @Flag(help: "Show every route that was not taken.")
  var all = false

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let reader = try ledger.reader()
    let found = try reading { () throws(LedgerFailure) -> Found in
      switch try find(in: reader) {
      case .row(let row): return Found.report(try report(of: row, in: reader))
      case .running(let name):
        return .message("`\(name)` is still running; its row comes when it ends")
      case .several(let names):
        let list = names.prefix(2).joined(separator: ", ") + (names.count > 2 ? ", …" : "")
        return .message("`\(request)` begins more than one name: \(list)")
      case .none:
        return .message(
          request == Self.newest
            ? "the ledger has no row yet" : "no row's name begins with `\(request)`")
      }
    }
    switch found {
    case .message(let text): throw CommandFailure(text)
    case .report(let report): deliver(report)
    }
  }

  private static let newest = "last"
  private static let mostRatings = 1_000

  private enum Match {
    case row(ChainedEntry)
    case running(String)
    case several([String])
    case none
  }

  private enum Found {
    case report(RowReport)
    case message(String)
  }

  private func find(in reader: LedgerReader) throws(LedgerFailure) -> Match {
    if request == Self.newest { return try reader.last(1).first.map(Match.row) ?? .none }
    guard !request.isEmpty else { return .none }
    let rows = try reader.rows(named: request, limit: 3)
    if rows.count > 1 { return .several(rows.map(\.entry.id.description)) }
    if let row = rows.first { return .row(row) }
    let open = try reader.openRequests().map(\.reservation.id.description)
    return open.first { $0.hasPrefix(request.uppercased()) }.map(Match.running) ?? .none
  }

  private func report(
    of row: ChainedEntry, in reader: LedgerReader
  ) throws(LedgerFailure) -> RowReport {
    var path: String?
    let explanation = try RowExplanation(
      of: row.entry,
      archive: { name throws(LedgerFailure) in try reader.policy(name)?.bytes },
      load: { sources in
        path = sources.path
        let compilation = PolicyCompilation(sources)
        return compilation.graph.map { ($0, compilation.path) }
      })
    let ratings = try reader.ratings(of: row.entry.id, limit: Self.mostRatings)
    return RowReport(
      row, explanation, ratings: ratings, change: path.flatMap { change(of: row, now: $0) })
  }

  /// Nil also where nobody can tell: the file is gone, or is not to be read as a policy any more.
  private func change(of row: ChainedEntry, now path: String) -> PolicyChange? {
    guard let was = row.entry.fingerprints.policy, Files.isFolder(path) == false,
      let compilation = try? PolicyCompilation(path), let graph = compilation.graph
    else { return nil }
    let now = FrozenPolicy(graph.policy).fingerprints.policy
    return PolicyChange(was: was, now: now, path: path)
  }

  private func deliver(_ report: RowReport) {
    switch format {
    case .text:
      let style = Style(coloured: Terminal.coloursOutput)
      Terminal.out(report.text(showingAll: all, style: style), newline: false)
    case .json: Terminal.out(report.json(), newline: false)
    }
  }
}
