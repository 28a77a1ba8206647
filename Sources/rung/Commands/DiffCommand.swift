import ArgumentParser
import JSONWriting
import PolicyAnalysis
import PolicyExplain

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changes for which requests from one policy to another. Calls nothing.",
    discussion: """
      Says that two policies are equivalent, exactly, or lists the regions of
      requests that are treated differently, each shown by one request that both
      policies were asked about. Names of routes, ladders and gates are no
      difference; the catalogs are compared too. Not compared: in which order
      several classifiers are asked.

      --fail-on makes some kinds of change an error, as a list:
        any                        whatever is not equivalent
        dearer, cheaper            the worst case of a request that shows it
        rerouted, refused, served  another route; refused now, or no longer
        first, ladder, fallback, split, tools
        place, wider               other providers or regions; or more of them
        cache, compression, parameters, system, batch, stop, stick, shadow
        budgets, price, models     limits; prices and abilities in the catalog
        facts, classifiers, units  declarations that read a request otherwise
        renamed, undecided         another name only; what was not decided

      Exits 0 whether or not they differ, 1 if --fail-on names a change there is.

      EXAMPLES
        rung diff policies/support new/support
        rung diff old.rung new.rung --fail-on dearer,wider,undecided
        rung diff old.rung new.rung --fail-on any
        rung diff old.rung new.rung --format markdown > comment.md
        rung diff old.rung new.rung --format json
      """)

  @Argument(help: "The policy as it was.")
  var old: String

  @Argument(help: "The policy as it is to be.")
  var new: String

  @Option(help: "Kinds of change that fail, separated by commas. Repeatable.")
  var failOn: [FailingKinds] = []

  @Flag(help: "Show every change, not just what fits a screen. JSON always has them all.")
  var all = false

  @Option(help: "text for people, json for machines, markdown for pull requests.")
  var format = DiffFormat.text

  func run() throws {
    let before = try PolicyFolder(old).compiled()
    let after = try PolicyFolder(new).compiled()
    let comparison = PolicyComparison(
      before.graph, after.graph, lineLimit: all || format == .json ? 20 : 3)
    let difference = comparison.difference()
    let report = DifferenceReport(
      difference, of: comparison, oldPath: before.path, newPath: after.path)
    switch format {
    case .text:
      let style = Style(coloured: Terminal.coloursOutput)
      Terminal.out(DifferenceText(report, showingAll: all, style: style).text)
    case .markdown: Terminal.out(DifferenceMarkdown(report, showingAll: all).text)
    case .json:
      var json = JSONWriter(.indented)
      DifferenceJSON.write(report, to: &json)
      Terminal.out(json.text)
    }
    guard failOn.contains(where: { $0.fails(difference) }) else { return }
    throw ExitCode(CommandExit.findings.rawValue)
  }
}

/// How `rung diff` prints its result.
enum DiffFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown
}

/// The list after `--fail-on`.
struct FailingKinds: ExpressibleByArgument {
  private var kinds: Set<ChangeKind> = []
  private var any = false

  init?(argument: String) {
    for word in argument.split(separator: ",") {
      let word = word.trimmingPrefix(while: \.isWhitespace)
      if word == "any" {
        any = true
      } else if let kind = ChangeKind(rawValue: String(word)) {
        kinds.insert(kind)
      } else {
        return nil
      }
    }
    if kinds.isEmpty, !any { return nil }
  }

  static var allValueStrings: [String] { ["any"] + ChangeKind.allCases.map(\.rawValue) }

  func fails(_ difference: PolicyDifference) -> Bool {
    any && !difference.isEquivalent || !kinds.isDisjoint(with: difference.kinds)
  }
}
