import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A gate that reads log-probabilities of a model that gives none.
enum LogprobsUnavailable: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("logprobs_unavailable"), .error,
    finds: "A tier with a gate that reads log-probabilities, on a model that gives none.",
    why: """
      The gate fails for every answer of that model: each is rejected, or with `on failure accept` \
      each is let through unseen. The catalog says what a model can do under `capabilities`.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate sure = logprob(p10)
      ladder by_doubt { tier small accept sure >= 0.6  tier large }
      otherwise { use by_doubt }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal and length >= 20 chars
      ladder by_doubt { tier small accept solid  tier large }
      otherwise { use by_doubt }
      """,
    fix: "Take a gate that reads the answer's text, or add `logprobs` to the model if it has them.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for ladder in subject.policy.ladders {
      for tier in ladder.tiers
      where !subject.policy[tier.model].capabilities.contains(.logprobs) {
        for pass in tier.accepts where GateContents(pass.gate, of: subject.policy).readsLogprobs {
          let gate = subject.policy[pass.gate]
          let effect =
            gate.acceptsOnFailure ? "accepts every answer unseen" : "rejects every answer"
          report.add(
            "\(subject.name(tier.model)) gives no log-probabilities, so `\(gate.name)` \(effect)",
            at: pass.span, notes: [Note("the gate reads them here", at: gate.span)])
        }
      }
    }
  }
}
