import AnswerSimilarity
package import PolicyDiagnostics
import PolicySemantics
import PolicySyntax
import PolicyUnits

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
      There is no automatic fix. `rung cache measure POLICY --pairs FILE --evidence FILE` measures and \
      writes the evidence; `rung.yaml` names it under `evidence: [FILE]`. It holds for its encoder, for \
      its threshold and higher ones, and for the guards it was measured with. \
      `@allow(similar_without_evidence, reason: "…")` says that you know.
      """)

  /// The share of wrong hits that evidence has to exclude.
  private static let most = 0.01
  /// So many pairs without a wrong hit show that.
  private static let least = 299

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for cache in CachedRoute.all(in: subject) {
      guard case .similar(let written, _) = cache.line.kind,
        case .similar(let threshold, let encoder) = cache.rule.kind
      else { continue }
      let name = subject.policy[encoder].name
      let doubts = subject.evidence.compactMap { evidence -> (weight: Int, words: String)? in
        guard case .similar(let measured) = evidence.content else { return nil }
        return doubt(measured, in: evidence.name, for: name, threshold) ?? (0, "")
      }
      // The evidence that comes nearest says what is missing.
      let nearest = doubts.min { $0.weight < $1.weight }
      if let nearest, nearest.weight == 0 { continue }
      report.add(
        nearest?.words ?? "nothing shows how often `\(name)` is wrong at this threshold",
        at: written.span,
        notes: [
          Note(
            "at least \(least) pairs of questions without a wrong hit are wanted for this encoder: "
              + "`rung cache measure` counts them")
        ])
    }
  }

  /// Why evidence does not stand behind a threshold; nil if it does.
  private static func doubt(
    _ evidence: SimilarityEvidence, in file: String, for encoder: String, _ threshold: Score
  ) -> (weight: Int, words: String)? {
    guard evidence.encoder == encoder else {
      return (5, "`\(file)` measured another encoder: `\(evidence.encoder)`, not `\(encoder)`")
    }
    guard evidence.guards == QuestionGuards.fingerprint else {
      return (4, "`\(file)` was measured with other guards than this version has: measure again")
    }
    guard evidence.threshold <= threshold else {
      return (
        3,
        "`\(file)` measured from \(Amounts.text(evidence.threshold)) on, and this threshold is lower"
      )
    }
    guard evidence.bound > most else { return nil }
    if evidence.wrong == 0 {
      return (
        1, "`\(file)` has too few pairs: \(evidence.different), and \(least) are wanted"
      )
    }
    let share = Share(millionths: Int64((evidence.bound * 1e4).rounded(.up)) * 100)
    return (
      2,
      "`\(file)` has \(evidence.wrong) wrong of \(evidence.different): up to "
        + "\(Amounts.text(share)) may be, and 1% is allowed"
    )
  }
}
