import ArgumentParser
import LedgerExchange
import PolicyExplain
import RoutingBudgets
import TrafficAudit

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract:
      "Say where the money of a log went, what changed, and what could be done. Calls nothing.",
    discussion: """
      A LOG is a ledger, or a file of JSON objects, one to a line (- is standard input), with \
      the members of `rung ledger export`; policies/AUDIT.md names those that are read. What a \
      row does not say is unknown and counted, never zero. --catalog prices rows that have \
      tokens and no cost, and tells what other models would cost; of a ledger the catalog it \
      keeps is taken.

      --since A --against B holds the time from A on against as much before it, from B to A, \
      and says what each cause makes of the difference.

      EXAMPLES
        rung audit rung.ledger
        rung audit traffic.jsonl --catalog policies/support --by tenant,day
        rung audit rung.ledger --since 2026-11-16 --against 2026-11-09
        rung audit traffic.jsonl --catalog catalog.yaml --format html -o audit.html
        zcat traffic.jsonl.gz | rung audit - --format json
      """)

  @Argument(help: "The ledger or log, or several.", completion: .file())
  var logs: [String]

  @Option(help: "The catalog, or a folder with a catalog.yaml.", completion: .file())
  var catalog: String?

  @Option(help: "What to group by: task, model, route, tenant, day; several with commas.")
  var by = "task,model"

  @Option(name: .customLong("task"), help: "The member of `metadata` that is a row's task.")
  var taskMember: String?

  @Option(help: "Only from this day or time on (UTC).")
  var since: String?

  @Option(help: "With --since: hold it against the time from here to there.")
  var against: String?

  @Flag(help: "Do not compare texts: faster where a log has them.")
  var withoutTexts = false

  @Option(help: "text for people, json for machines, markdown for comments, html for a page.")
  var format = AuditFormat.text

  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?

  func run() async throws {
    try Files.keep(logs + [catalog].compactMap(\.self), from: output)
    let files = try logs.map { path throws(CommandFailure) in
      try LogFile(path, command: "rung audit")
    }
    let prices = try prices(files)
    let options = AuditOptions(
      by: try dimensions(), since: try time(since, "--since"),
      against: try time(against, "--against"), prices: prices.prices)
    try check(options)
    let run = AuditRun(
      files: files, options: options, priceSource: prices.source, readsTexts: !withoutTexts,
      taskMember: taskMember)
    let result = try await Progress.during("auditing \(logs.joined(separator: ", "))") {
      try run.audit()
    }
    let text =
      switch format {
      case .text:
        AuditText(result, style: Style(coloured: output == nil && Terminal.coloursOutput)).text
      case .markdown: AuditMarkdown(result).text
      case .json: AuditJSON.text(result)
      case .html: AuditPage(result).html
      }
    try Files.deliver(text + "\n", to: output)
    let found = result.report.total.requests + (result.report.comparison?.requestsBefore ?? 0)
    if found == 0 {
      throw CommandFailure(
        LogNotes.nothing("the log has no request to count", result.problems), exit: .findings)
    }
  }

  private func prices(
    _ files: [LogFile]
  ) throws(CommandFailure) -> (prices: AuditPrices, source: String?) {
    if let catalog {
      let file = try CatalogFile(catalog)
      return (AuditPrices(try file.sound()), "`\(file.path)`")
    }
    for file in files.reversed() {
      if let kept = file.keptCatalog {
        return (AuditPrices(kept), "the catalog `\(file.path)` keeps")
      }
    }
    return (.none, nil)
  }

  private func dimensions() throws(CommandFailure) -> [AuditDimension] {
    var found: [AuditDimension] = []
    for word in by.split(separator: ",") {
      guard let dimension = AuditDimension(rawValue: String(word)) else {
        throw CommandFailure("`--by \(by)`: write of task, model, route, tenant, day, with commas")
      }
      if !found.contains(dimension) { found.append(dimension) }
    }
    guard !found.isEmpty else {
      throw CommandFailure("`--by` is empty: write of task, model, route, tenant, day")
    }
    return found
  }

  private func time(_ text: String?, _ option: String) throws(CommandFailure) -> Timestamp? {
    guard let text else { return nil }
    guard let time = ISOTime.read(text)?.time else {
      throw CommandFailure(
        "`\(option) \(text)`: write a day or a time, as 2026-11-21 or 2026-11-21T12:00Z")
    }
    return time
  }

  private func check(_ options: AuditOptions) throws(CommandFailure) {
    guard let against = options.against else { return }
    guard let since = options.since else {
      throw CommandFailure("`--against` needs `--since`: the time it is held against")
    }
    guard against < since else {
      throw CommandFailure(
        "`--against` is not before `--since`: the earlier time goes from it to there")
    }
  }
}

/// How `rung audit` prints its result.
enum AuditFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, html
}
