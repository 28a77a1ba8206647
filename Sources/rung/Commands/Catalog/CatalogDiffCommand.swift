import ArgumentParser
import CatalogReview

struct CatalogDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed from one catalog to another: prices, models, providers.",
    discussion: """
      Values are compared, not texts: order, comments and spelling (`0.50` or `0.5`) make no \
      difference. Each price that changed is shown with its \
      factor and direction. `rung diff` says what the change does to a policy's requests.

      Exits 0 if the catalogs are equal, 1 if they differ, 2 if one of them cannot be read.

      EXAMPLES
        rung catalog diff old.yaml catalog.yaml
        rung catalog diff old.yaml catalog.yaml --format markdown > comment.md
        rung catalog diff old.yaml catalog.yaml --format json
      """)

  @Argument(help: "The catalog as it was.", completion: .file())
  var old: String

  @Argument(help: "The catalog as it is to be.", completion: .file())
  var new: String

  @Flag(help: "Show every change, not just what fits a screen. JSON always has them all.")
  var all = false

  @Option(help: "text for people, json for machines, markdown for pull requests.")
  var format = DiffFormat.text

  func run() throws {
    let before = try CatalogFile(old)
    let after = try CatalogFile(new)
    let difference = CatalogDifference(try before.sound(), try after.sound())
    let report = CatalogDifferenceReport(
      difference, oldPath: before.path, newPath: after.path, showingAll: all)
    switch format {
    case .text: Terminal.out(report.text)
    case .markdown: Terminal.out(report.markdown)
    case .json: Terminal.out(report.json)
    }
    if !difference.isEmpty { throw ExitCode(CommandExit.findings.rawValue) }
  }
}
