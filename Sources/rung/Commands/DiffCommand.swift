import ArgumentParser
import CatalogReview
import JSONWriting
import PolicyAnalysis
import PolicyCompiler
import PolicyExplain
import PolicyUnits
import TrafficReplay

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changes for which requests from one policy to another. Calls nothing.",
    discussion: """
      Says that two policies are equivalent, exactly, or lists the regions of \
      requests that are treated differently, each shown by one request that both \
      policies were asked about. Names of routes, ladders and gates are no \
      difference, but who refuses a request is: the answer names it. Where another \
      route takes a request and does the same, that is told beside (rerouted). The \
      catalogs are compared too, for what the policies may call; where only the way of \
      a call changes (its address, key, deployments, limits, timeouts), every request is \
      decided the same and the two are not equivalent. Not compared: in which order \
      several classifiers are asked, and what is measured or noted of a model (quality, \
      acceptance, latency_p50, date, source).

      --fail-on makes some kinds of change an error, as a list:
        any                        whatever is not equivalent
        dearer, cheaper            the worst case of a request that shows it
        rerouted, refused, served  another route; refused now, or no longer
        first, ladder, fallback, split, tools
        place, wider               other providers or regions; or more of them
        cache, compression, parameters, system, batch, stop, stick, shadow
        budgets, price, models     limits; prices and abilities in the catalog
        calls                      where or how the catalog sends calls
        facts, classifiers, units  declarations that read a request otherwise
        renamed, undecided         another name only; what was not decided

      Exits 0 whether or not they differ, 1 if --fail-on names a change there is.

      --log FILE lays logged requests over the difference (`rung replay` says what a log \
      is): how many lie in each region, what they would have cost before and now, by the \
      evaluator and the prices of `rung replay`; the parts add up to the whole. What the \
      log does not tell is counted by itself.

      EXAMPLES
        rung diff policies/support new/support
        rung diff old.rung new.rung --fail-on dearer,wider,undecided
        rung diff old.rung new.rung --fail-on any
        rung diff old.rung new.rung --format markdown > comment.md
        rung diff old.rung new.rung --format json
        rung diff old.rung new.rung --log traffic.jsonl
      """)

  @Argument(help: "The policy as it was.", completion: .file())
  var old: String

  @Argument(help: "The policy as it is to be.", completion: .file())
  var new: String

  @Option(help: "Kinds of change that fail, separated by commas. Repeatable.")
  var failOn: [FailingKinds] = []

  @Flag(help: "Show every change, not just what fits a screen. JSON always has them all.")
  var all = false

  @Option(help: "A log, or a ledger, to lay over the difference. Repeatable.", completion: .file())
  var log: [String] = []

  @Option(
    help: "With --log: the share of a model's answers its gates accept, as model=80%. Repeatable.")
  var accept: [String] = []

  @Option(help: "text for people, json for machines, markdown for pull requests.")
  var format = DiffFormat.text

  func run() throws {
    let supplies = try (PolicySupply(old), PolicySupply(new))
    let before = try PolicyCompilation(supplies.0).sound()
    let after = try PolicyCompilation(supplies.1).sound()
    let comparison = PolicyComparison(
      before.graph, after.graph, lineLimit: all || format == .json ? 20 : 3)
    var (difference, locator) = comparison.located()
    difference.calls = Self.calls(before, after)
    var report = DifferenceReport(
      difference, of: comparison, oldPath: supplies.0.name,
      newPath: supplies.1.name)
    var isCounted = true
    if !log.isEmpty {
      let result = try replay(difference, locator)
      report.traffic = try traffic(result)
      isCounted = result.now.requests > 0
    }
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
    guard isCounted else {
      throw CommandFailure("no request of the log could be counted", exit: .findings)
    }
    guard failOn.contains(where: { $0.fails(difference) }) else { return }
    throw ExitCode(CommandExit.findings.rawValue)
  }
}

extension DiffCommand {
  func validate() throws {
    if log.isEmpty, !accept.isEmpty { throw ValidationError("`--accept` belongs to `--log`") }
  }

  /// What the catalogs change of the calls that either policy may make.
  private static func calls(
    _ before: CompiledPolicy, _ after: CompiledPolicy
  ) -> [DeclarationChange] {
    var called = CalledNames(before.policy)
    called.formUnion(CalledNames(after.policy))
    let difference = CallDifference(
      before.catalog, after.catalog, models: called.models, embedders: called.embedders)
    return difference.changes.map {
      DeclarationChange(
        kind: .calls, name: "\($0.thing): \($0.field.key)", old: $0.field.oldText,
        new: $0.field.newText)
    }
  }

  private func replay(
    _ difference: PolicyDifference, _ locator: ChangeLocator?
  ) throws(CommandFailure) -> ReplayResult {
    guard let locator else {
      let why = difference.undecided.map(\.reason).joined(separator: "; ")
      throw CommandFailure(
        "the regions are not decided, so no request can be laid on them: \(why)",
        exit: .couldNotRun)
    }
    var rates = ReplayRateArguments()
    rates.acceptances = accept
    rates.compression = nil
    rates.batching = nil
    let files = try log.map { path throws(CommandFailure) in
      try LogFile(path, command: "rung diff OLD NEW --log")
    }
    return try ReplayRun(policy: new, against: old, rates: rates, logs: files)
      .replay(among: (difference.changes.count, locator))
  }

  private func traffic(_ result: ReplayResult) throws(CommandFailure) -> DifferenceTraffic {
    if let first = result.log.problems.first {
      let count = Amounts.count(Int64(result.log.problemCount), "line")
      Terminal.error(
        LogNotes.nothing(
          "\(count) of the log cannot be read, the first: " + Terminal.harmless("\(first)"),
          result.now.requests == 0 ? result.log.problems : []))
    }
    guard let shares = result.regions else {
      throw CommandFailure("the log could not be laid over the difference")
    }
    return DifferenceTraffic(shares, ReplayWords(result: result))
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
