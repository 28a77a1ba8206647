import ContextCompression
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import TokenEstimates

/// Writes a shorter prompt, and the pin that keeps what was known of it.
struct PromptWriting {
  private let findings: PromptFindings
  private let wanted: PromptArguments

  init(_ findings: PromptFindings, _ wanted: PromptArguments) {
    self.findings = findings
    self.wanted = wanted
  }

  /// The files that were written; none unless a place was named or it was accepted.
  func write() throws(CommandFailure) -> [String] {
    guard let output = wanted.output ?? (wanted.pin ? wanted.candidate : nil) else { return [] }
    guard findings.isShorter else {
      throw CommandFailure(
        "there is no shorter version to write: name one with --by MODEL or --candidate FILE",
        exit: .couldNotRun)
    }
    guard !Files.areOne(output, findings.path) else {
      throw CommandFailure("`\(output)` is the original: name another file with -o")
    }
    var written: [String] = []
    if Files.bytes(output) != Array(findings.prompts.shorter.utf8) {
      try Files.write(findings.prompts.shorter, to: output)
      written.append(output)
    }
    guard wanted.pin else { return written }
    guard let model = findings.models.first else {
      throw CommandFailure("no route of the policy calls a model with this prompt")
    }
    let pin = PromptPin(
      original: findings.path, accepted: output, prompts: findings.prompts, model: model.name,
      tokens: findings.prompts.tokens(at: model), by: origin, trial: findings.trial,
      date: Moment.today)
    let path = PromptPins.path(of: output)
    try Files.write(pin.json, to: path)
    return written + [path]
  }

  private var origin: String {
    switch findings.origin {
    case .written: "hand"
    case .proposed(let model, _): model
    case .lossless: "lossless"
    }
  }
}
