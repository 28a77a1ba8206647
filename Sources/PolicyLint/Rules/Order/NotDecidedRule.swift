import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A route of which the analysis cannot say whether requests reach it.
package enum NotDecidedRule: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("not_decided"), .note,
    finds: "A route of which it is not known whether some request reaches it.",
    why: """
      Whether a route is reached is decided exactly, within a limit of memory and time. Past the \
      limit nothing is guessed: this note says what is left open.
      """,
    wrong: nil, instead: nil,
    fix: "There is none. Fewer free tests in one policy, or labels instead of texts, bring it back."
  )

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (index, verdict) in subject.study.reachabilityOfRoutes().enumerated() {
      guard case .notDecided(let reason) = verdict else { continue }
      let route = subject.policy.routes[index]
      report.add(
        "whether a request reaches `\(route.name)` is not decided: \(reason.words)",
        at: route.conditionSpan)
    }
  }
}
