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
      A gold set has a question and what its answer must have on each line. Its answers come out of a
      recorded matrix, what each model said to each question: the evaluator decides, the ladder climbs
      and the gates judge as they do when they serve, and nothing is called. What the matrix does not
      tell is not guessed: such a question is counted as not decided, with the reason.

      Beside the policies stand every model alone, and the oracle: the cheapest model that is right.
      policies/EVAL.md has both shapes and how each figure is made.

      EXAMPLES
        rung eval policies/support --gold gold.jsonl --matrix outcomes.csv
        rung eval old.rung new.rung --gold gold.jsonl --matrix outcomes.jsonl --format markdown
        rung eval policies/support --gold gold.jsonl --matrix outcomes.jsonl \\
          --calibrate helpful --evidence helpful.evidence.json
      """)

  @ArgumentParser.Argument(help: "The policy, or several.")
  var policies: [String]

  @Option(help: ArgumentHelp("Questions and what their answers must have.", valueName: "jsonl"))
  var gold: String?

  @Option(
    help: ArgumentHelp("What each model said to each question: JSON lines or CSV.", valueName: "file"))
  var matrix: String?

  @OptionGroup var calibrating: CalibrationArguments

  @OptionGroup var arguments: RequestArguments

  @Option(help: "Without `expect`, an answer of this score or more is right.")
  var rightFrom = "0.5"

  @Option(help: "What chance follows from: the same seed gives the same figures.")
  var seed: UInt64 = 1

  @Option(help: "text for people, json for machines, markdown for pull requests.")
  var format = EvalFormat.text

  @Option(name: .shortAndLong, help: "Write it into this file.")
  var output: String?

  mutating func validate() throws {
    if calibrating.evidence != nil, calibrating.gate == nil {
      throw ValidationError("--evidence is of one gate: name it with --calibrate GATE")
    }
    if calibrating.gate != nil, policies.count != 1 {
      throw ValidationError("--calibrate takes one policy")
    }
    if calibrating.gate != nil, format != .text {
      throw ValidationError("--calibrate prints text; --evidence FILE is for machines")
    }
  }

  func run() async throws {
    guard let gold else {
      throw CommandFailure("name a gold set with --gold FILE: questions and what is right")
    }
    guard let matrix else {
      throw CommandFailure("name a matrix with --matrix FILE: what each model said")
    }
    let run = try evalRun(gold)
    let outcomes = try MatrixFile.read(matrix)
    if calibrating.gate != nil {
      try calibrating.finish(run.calibration(by: outcomes, calibrating), output)
      return
    }
    let result = try await Progress.during("evaluating \(gold)") { () throws in
      try run.result(by: outcomes)
    }
    try Files.deliver(text(of: result) + "\n", to: output)
    if result.report.summaries.prefix(policies.count).contains(where: { $0.decided == 0 }) {
      throw CommandFailure("no question could be decided", exit: .findings)
    }
  }

  private func evalRun(_ gold: String) throws(CommandFailure) -> EvalRun {
    guard let score = Decimal(rightFrom)?.scaled(by: 6), (0...1_000_000).contains(score) else {
      throw CommandFailure("`--right-from \(rightFrom)`: write a score from 0 to 1")
    }
    var seen: Set<String> = []
    let policies = try policies.map { argument throws(CommandFailure) in
      let policy = try EvalPolicy(argument, arguments)
      guard seen.insert(policy.path).inserted else {
        throw CommandFailure("`\(policy.path)` is named twice")
      }
      return policy
    }
    let run = EvalRun(
      gold: try GoldFile.read(gold), policies: policies, seed: seed,
      grading: Grading(rightFrom: Score(millionths: score)))
    try run.checkCurrencies()
    return run
  }

  private func text(of result: EvalResult) -> String {
    switch format {
    case .text:
      EvalText(result, style: Style(coloured: output == nil && Terminal.coloursOutput)).text
    case .markdown: EvalMarkdown(result).text
    case .json: EvalJSON.text(result)
    }
  }
}

/// How `rung eval` prints its result.
enum EvalFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown
}

/// Which gate is calibrated, and where its evidence goes.
struct CalibrationArguments: ParsableArguments {
  @Option(
    name: .customLong("calibrate"),
    help: ArgumentHelp("How often answers are right that this gate accepts.", valueName: "gate"))
  var gate: String?

  @Option(help: ArgumentHelp("Write what was measured, for rung.yaml.", valueName: "file"))
  var evidence: String?

  func finish(_ result: CalibrationResult, _ output: String?) throws(CommandFailure) {
    let style = Style(coloured: output == nil && Terminal.coloursOutput)
    var text = CalibrationText(result: result, style: style).text + "\n"
    let isMeasured = result.calibration.tiers.contains { $0.written.accepted.total > 0 }
    if let evidence, isMeasured {
      guard let today = Moment.today else {
        throw CommandFailure("this machine's clock shows no date", exit: .couldNotRun)
      }
      try Files.write(GateEvidenceFile(result: result, date: today).text, to: evidence)
      text += "\nwrote \(evidence); rung.yaml names it: evidence: [\(evidence)]\n"
    }
    try Files.deliver(text, to: output)
    guard isMeasured else {
      throw CommandFailure(
        "`\(result.gate.name)` accepted no answer whose grade is known", exit: .findings)
    }
  }
}
