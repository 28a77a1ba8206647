import ArgumentParser
import PolicyExplain
import PolicySemantics
import RoutingEvaluation

/// Which gate is calibrated, and where its evidence goes.
struct CalibrationArguments: ParsableArguments {
  @Option(
    name: .customLong("calibrate"),
    help: ArgumentHelp("How often answers are right that this gate accepts.", valueName: "gate"))
  var gate: String?

  @Option(
    help: ArgumentHelp("Write what was measured, for rung.yaml.", valueName: "file"),
    completion: .file())
  var evidence: String?

  /// Writes the evidence file, if one is asked for, and gives out what was measured; in JSON the note of
  /// the file goes where errors go.
  func finish(
    _ result: CalibrationResult, as format: EvalFormat, _ output: String?
  ) throws(CommandFailure) {
    let style = Style(coloured: output == nil && Terminal.coloursOutput)
    var text =
      format == .json
      ? CalibrationJSON.text(result) : CalibrationText(result: result, style: style).text
    text += "\n"
    let isMeasured = result.calibration.tiers.contains { $0.written.accepted.total > 0 }
    if let evidence, isMeasured {
      guard let today = Moment.today else {
        throw CommandFailure("this machine's clock shows no date", exit: .couldNotRun)
      }
      try Files.write(GateEvidenceFile(result: result, date: today).text, to: evidence)
      let note = "wrote \(evidence); rung.yaml names it: evidence: [\(evidence)]"
      if format == .json { Terminal.note(note) } else { text += "\n\(note)\n" }
    }
    try Files.deliver(text, to: output)
    guard isMeasured else {
      throw CommandFailure(
        "`\(result.gate.name)` accepted no answer whose grade is known", exit: .findings)
    }
  }
}
