package import PolicyDiagnostics
import PolicySemantics
import PolicySyntax

/// A threshold for similar questions that nobody has measured.
package enum UnmeasuredSimilarity: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("similar_without_evidence"), .note,
    finds: "A cache for similar questions whose threshold no measurement stands behind.",
    why: """
      How similar two questions are is the encoder's opinion. With MiniLM, two ways to ask for a new \
      password score below 0.86, the same flight with its cities swapped 0.999, another date 0.966 \
      and a negation 0.984: no threshold tells them apart. Before such a cache serves anybody, its \
      wrong hits have to be counted on pairs of your own questions, with this encoder and this \
      threshold: 299 clean pairs show that at most 1 in 100 is wrong, with 95 % confidence.
      """,
    wrong: LintSample.policy(
      """
      route faq when question mentions "password" {
        cache similar >= 0.92 by minilm for 1h per tenant
        use   medium
      }
      """),
    instead: LintSample.policy(
      """
      route faq when question mentions "password" {
        cache exact for 1h per tenant
        use   medium
      }
      """),
    fix: """
      There is no automatic fix. This version has no evidence file yet, so the note stays until one \
      can be named; `@allow(similar_without_evidence, reason: "…")` says that you know.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for cache in CachedRoute.all(in: subject) {
      guard case .similar(let threshold, _) = cache.line.kind,
        case .similar(_, let encoder) = cache.rule.kind
      else { continue }
      report.add(
        "nothing shows how often `\(subject.policy[encoder].name)` is wrong at this threshold",
        at: threshold.span,
        notes: [
          Note("at least 299 pairs of questions without a wrong hit are wanted for this encoder")
        ])
    }
  }
}
