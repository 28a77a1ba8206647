import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A ladder whose last answer may be rejected, and that says nothing of what happens then.
enum LastTierGated: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("last_tier_gated"), .warning,
    finds: "A last tier with a gate, in a ladder that does not say `on exhausted`.",
    why: """
      When the last answer is rejected too, the ladder fails: the caller has paid for every tier and \
      gets none of the answers, and no `fallback` follows, for nothing was unavailable. Say what \
      you want: `on exhausted return best`, `return last`, or `fail`.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder careful { tier small accept solid  tier medium accept solid }
      otherwise { use careful }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder careful { tier small accept solid  tier medium accept solid  on exhausted return best }
      otherwise { use careful }
      """,
    fix: """
      Returns the best answer, or the last where the tiers have no gate in common. That changes what \
      callers get, so it is not applied unless you ask for unsafe fixes.
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    for ladder in subject.policy.ladders {
      guard let declaration = written.ladders[ladder.name],
        !declaration.outcomes.contains(where: \.isExhausted),
        let last = ladder.tiers.last, let first = last.accepts.first, let end = last.accepts.last,
        let place = declaration.tiers.last?.span
      else { continue }
      let gated = ladder.tiers.compactMap { $0.accepts.first?.gate }
      let result = Set(gated).count == 1 ? "best" : "last"
      let insertion = Span(file: place.file, start: place.end, end: place.end)
      report.add(
        "when \(subject.name(last.model)) is rejected too, `\(ladder.name)` fails and nothing is returned",
        at: first.span.union(end.span),
        fixIts: [
          FixIt(
            "add `on exhausted return \(result)`",
            edits: [Edit(insertion, "  on exhausted return \(result)")])
        ])
    }
  }
}

extension LadderDeclaration.Outcome {
  fileprivate var isExhausted: Bool {
    switch self {
    case .exhausted: true
    case .filteredClimb, .failedStop: false
    }
  }
}
