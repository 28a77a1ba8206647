import ArgumentParser
import Foundation
import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingEvaluation

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Say how good and how dear a policy's answers are, and how sure that is.",
    discussion: """
      A gold set has a question and what its answer must have on each line. With --matrix the answers \
      are recorded ones, what each model said to each question: the evaluator decides, the ladder \
      climbs and the gates judge as they do when they serve, and nothing is called. What the matrix \
      does not tell is not guessed: such a question is counted as not decided, with the reason. \
      Without --matrix every question is asked for, within --max-cost, and recorded.

      Beside the policies stand every model alone, and the oracle: the cheapest model that is right. \
      policies/EVAL.md has both shapes and how each figure is made.

      EXAMPLES
        rung eval policies/support --gold gold.jsonl --matrix outcomes.csv
        rung eval old.rung new.rung --gold gold.jsonl --matrix runs.jsonl
        rung eval policies/support --gold gold.jsonl --matrix outcomes.jsonl --tune
        rung eval policies/support --gold gold.jsonl --matrix outcomes.jsonl \\
          --calibrate helpful --evidence helpful.evidence.json
        rung eval policies/support --gold gold.jsonl --max-cost 0.50
        rung eval policies/support --ratings --since 7d
      """)

  @ArgumentParser.Argument(help: "The policy, or several.", completion: .file())
  var policies: [String]

  @Option(
    help: ArgumentHelp("Questions and what their answers must have.", valueName: "jsonl"),
    completion: .file())
  var gold: String?

  @Option(
    help: ArgumentHelp(
      "What each model said to each question: JSON lines or CSV.", valueName: "file"),
    completion: .file())
  var matrix: String?

  @ArgumentParser.Flag(help: "In a gold set's place: what callers have said of a ledger's answers.")
  var ratings = false

  @Option(
    help: ArgumentHelp("With --ratings: rows from this time on, as 7d.", valueName: "time"))
  var since: String?

  @ArgumentParser.Flag(
    help: "Look for better thresholds and a better order of the ladders' models.")
  var tune = false

  @Option(help: "With --tune: the share of questions a change may lose.")
  var tolerance = "2%"

  @OptionGroup var calibrating: CalibrationArguments

  @OptionGroup var arguments: RequestArguments

  @OptionGroup var calling: CallingArguments

  @Option(help: "Without `expect`, and of ratings: a score of so much or more is right.")
  var rightFrom = "0.5"

  @Option(help: "What chance follows from: the same seed gives the same figures.")
  var seed: UInt64 = 1

  @Option(
    help: "text for people, json for machines, markdown for pull requests, html for a page.")
  var format = EvalFormat.text

  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?

  mutating func validate() throws {
    if calibrating.evidence != nil, calibrating.gate == nil {
      throw ValidationError("--evidence is of one gate: name it with --calibrate GATE")
    }
    let alone = [
      ("--calibrate", calibrating.gate != nil), ("--tune", tune), ("--ratings", ratings),
    ]
    for (name, isGiven) in alone where isGiven {
      guard policies.count == 1 else { throw ValidationError("\(name) takes one policy") }
      guard format == .text || format == .json else {
        throw ValidationError("\(name) prints text or json")
      }
    }
    if tune, calibrating.gate != nil || ratings {
      throw ValidationError("--tune goes with neither --calibrate nor --ratings")
    }
    if ratings, gold != nil || matrix != nil {
      throw ValidationError("--ratings take the place of --gold and --matrix")
    }
    if since != nil, !ratings { throw ValidationError("--since goes with --ratings") }
    if matrix != nil, calling.maxCost != nil || calling.baseURL != nil {
      throw ValidationError("with --matrix nothing is called: leave out --max-cost and --base-url")
    }
  }

  func run() async throws {
    try Files.keep(policies + [gold, matrix].compactMap(\.self), from: output)
    if ratings {
      try finishRatings()
      return
    }
    guard let gold else {
      throw CommandFailure("name a gold set with --gold FILE: questions and what is right")
    }
    let run = try evalRun(gold)
    guard let matrix else {
      if tune || calibrating.gate != nil {
        throw CommandFailure(
          "--tune and --calibrate read a recorded matrix: name it with --matrix FILE")
      }
      try finish(try await run.result(calling: calling, arguments))
      return
    }
    let outcomes = try MatrixFile.read(matrix)
    if tune || calibrating.gate != nil {
      for note in run.notes(outcomes) { Terminal.note("note: \(note)") }
    }
    if calibrating.gate != nil {
      try calibrating.finish(run.calibration(by: outcomes, calibrating), as: format, output)
      return
    }
    if tune {
      let tuning = EvalTuning(run, outcomes, tolerance: try toleratedShare(), arguments)
      try finish(try tuning.results(), of: run)
      return
    }
    try finish(try run.result(by: outcomes))
  }

  private var style: Style { Style(coloured: output == nil && Terminal.coloursOutput) }

  private func finish(_ result: EvalResult) throws(CommandFailure) {
    let text =
      switch format {
      case .text: EvalText(result, style: style).text
      case .markdown: EvalMarkdown(result).text
      case .json: EvalJSON.text(result)
      case .html: EvalPage(result).html
      }
    try Files.deliver(text + "\n", to: output)
    if result.report.summaries.prefix(policies.count).contains(where: { $0.decided == 0 }) {
      throw CommandFailure("no question could be decided", exit: .findings)
    }
  }

  private func finish(_ results: [TuningResult], of run: EvalRun) throws(CommandFailure) {
    let words = EvalWords(currency: run.currency)
    let text =
      format == .json
      ? TuningJSON.text(results, run)
      : results.map { TuningText(result: $0, words: words, style: style).text }
        .joined(separator: "\n\n")
    try Files.deliver(text + "\n", to: output)
  }

  private func finishRatings() throws(CommandFailure) {
    let policy = try EvalPolicy(policies[0], arguments)
    let report = try RatingsReport(
      calling.recording.place.path, since: since, currency: policy.policy.vocabulary.currency,
      try grading(), seed: seed)
    if calibrating.gate != nil {
      try calibrating.finish(try policy.calibration(report, calibrating), as: format, output)
      return
    }
    try Files.deliver((format == .json ? report.json : report.text(style)) + "\n", to: output)
  }

  // MARK: - What was given

  private func evalRun(_ gold: String) throws(CommandFailure) -> EvalRun {
    var seen: Set<String> = []
    let policies = try policies.map { argument throws(CommandFailure) in
      let policy = try EvalPolicy(argument, arguments)
      guard seen.insert(policy.path).inserted else {
        throw CommandFailure("`\(policy.path)` is named twice")
      }
      return policy
    }
    let set = matrix == nil ? try GoldFile.checkable(gold) : try GoldFile.read(gold)
    let run = EvalRun(gold: set, policies: policies, seed: seed, grading: try grading())
    try run.checkCurrencies()
    return run
  }

  private func grading() throws(CommandFailure) -> Grading {
    guard let score = Decimal(rightFrom)?.scaled(by: 6), (0...1_000_000).contains(score) else {
      throw CommandFailure("`--right-from \(rightFrom)`: write a score from 0 to 1")
    }
    return Grading(rightFrom: Score(millionths: score))
  }

  private func toleratedShare() throws(CommandFailure) -> Double {
    guard tolerance.hasSuffix("%"), let millionths = Decimal(tolerance.dropLast())?.scaled(by: 4),
      millionths < 1_000_000
    else { throw CommandFailure("`--tolerance \(tolerance)`: write a share such as 2%") }
    return Double(millionths) / 1e6
  }
}

/// How `rung eval` prints its result.
enum EvalFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, html
}
