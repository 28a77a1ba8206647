import ArgumentParser
import CatalogReview
import PolicyDiagnostics
import PolicyUnits

struct CatalogCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find every mistake in a catalog, and what is unwise in it.",
    discussion: """
      What `rung check` says of a policy's catalog, and more: discounts that are none, prices that \
      were read too long ago. Ends with the catalog in figures: how many models policies may name, \
      how many are set aside and why, how many have no price.

      Exits 0 if there is no error, 1 if there is one (or a warning with --strict), 2 if a catalog is \
      not there.

      EXAMPLES
        rung catalog check catalog.yaml
        rung catalog check policies/*/ --strict
        rung catalog check catalog.yaml --older-than 30d
        rung catalog check catalog.yaml --format json
        rung catalog check policies/*/ --format github      annotates a pull request
      """)

  @Argument(help: "Catalog files, or folders with a catalog.yaml.", completion: .file())
  var catalogs: [String]

  @Flag(help: "Fail on warnings too.")
  var strict = false

  @Option(help: "Warn of prices read more than so many days ago, as 90d.")
  var olderThan = DayCount(days: 90)

  @Option(help: "The day to hold dates against, as 2026-11-21; today if it is not given.")
  var today: CatalogDate?

  @Flag(
    help: "Show every finding, not just 20 of each catalog. Formats for machines always have all.")
  var all = false

  @Option(help: "text for people; json, sarif, github or junit for machines.")
  var format = CheckFormat.text

  func run() throws {
    let files = try catalogs.map { argument throws(CommandFailure) in try CatalogFile(argument) }
    let reports = files.map { file in
      let reviewed = file.catalog.map {
        CatalogReviewer.findings(in: $0, today: today?.date ?? Moment.today, days: olderThan.days)
      }
      return DiagnosticReport(
        path: file.path, sources: file.sources,
        diagnostics: (file.diagnostics + (reviewed ?? [])).sorted(by: Diagnostic.isShownBefore))
    }
    let output = CheckOutput(reports: reports, strict: strict)
    switch format {
    case .text:
      for (file, report) in zip(files, reports) {
        Terminal.out(
          output.text(of: report, notes: true, all: all, coloured: Terminal.coloursOutput))
        if let catalog = file.catalog {
          for line in CatalogSummaryText.lines(CatalogSummary(catalog)) { Terminal.out(line) }
        }
      }
    case .json:
      let summaries = files.map { $0.catalog.map { CatalogSummary($0) } }
      Terminal.out(CatalogSummaryText.json(reports, summaries))
    case .sarif: Terminal.out(output.sarif)
    case .github: if !output.github.isEmpty { Terminal.out(output.github) }
    case .junit: Terminal.out(output.junit)
    }
    if output.hasFailed { throw ExitCode(CommandExit.findings.rawValue) }
  }
}

/// `90d` on the command line.
struct DayCount: ExpressibleByArgument {
  let days: Int64

  init(days: Int64) { self.days = days }

  init?(argument: String) {
    guard argument.hasSuffix("d"), let days = Int64(argument.dropLast()),
      (0...100_000).contains(days), argument.first?.isNumber == true
    else { return nil }
    self.days = days
  }

  var defaultValueDescription: String { "\(days)d" }
}
