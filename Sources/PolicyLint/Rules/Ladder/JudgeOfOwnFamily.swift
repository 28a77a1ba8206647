import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A judge of the model it judges, or of the same family.
enum JudgeOfOwnFamily: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("judge_of_own_family"), .note,
    finds: "A tier whose judge is the same model, or one of the same tokenizer family.",
    why: """
      Models favour answers like their own, so such a judge accepts too much. One that judges itself \
      is a warning; one of the same family, as far as the catalog's `tokenizer` tells, is a note: \
      hold its verdicts against a few answers people have looked at.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = judge(small, "Does it answer the question?")
      ladder cheap_first { tier small accept helpful >= 0.8  tier large }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = length >= 20 chars and not refusal
      ladder cheap_first { tier small accept helpful  tier large }
      otherwise { use cheap_first }
      """,
    fix: "There is no automatic fix: who should judge is yours to say.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for ladder in subject.policy.ladders {
      for tier in ladder.tiers {
        for pass in tier.accepts { check(pass, tier, subject, &report) }
      }
    }
  }

  private static func check(
    _ pass: CheckedLadder.Pass, _ tier: CheckedLadder.Tier, _ subject: LintSubject,
    _ report: inout LintReport
  ) {
    let judges = GateContents(pass.gate, of: subject.policy).judges
    let note = Note("the judge is named here", at: subject.policy[pass.gate].span)
    if judges.contains(tier.model) {
      report.add(
        "\(subject.name(tier.model)) judges its own answers", at: pass.span, severity: .warning,
        notes: [note])
      return
    }
    let family = subject.policy[tier.model].tokenizer
    guard family != .generic,
      let judge = judges.first(where: { subject.policy[$0].tokenizer == family })
    else { return }
    report.add(
      "\(subject.name(judge)) judges \(subject.name(tier.model)) of its own family", at: pass.span,
      notes: [note])
  }
}
