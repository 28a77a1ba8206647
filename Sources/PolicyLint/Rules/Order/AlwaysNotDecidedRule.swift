import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// An `always` that is neither proved nor refuted.
package enum AlwaysNotDecidedRule: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("always_not_decided"), .warning,
    finds: "An `always` block that was neither proved nor refuted.",
    why: """
      What an `always` says is decided over all requests at once: by route, guard, split, model asked \
      for, and by ranges of sizes and budgets. Where a line hangs on figures that are too close to tell \
      apart, or on texts for which no request could be built, nothing is promised and nothing is \
      denied. The message says which.
      """,
    wrong: nil, instead: nil,
    fix: """
      There is none. A condition that names what the line hangs on (a size, a share of a budget) often \
      decides it.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (index, always) in subject.policy.always.enumerated() {
      guard case .notDecided(let reason) = subject.always.verdict(on: index) else { continue }
      report.add(
        "`\(always.title)` is neither proved nor refuted: "
          + reason.words(on: always, in: subject.policy),
        at: always.condition.span)
    }
  }
}
