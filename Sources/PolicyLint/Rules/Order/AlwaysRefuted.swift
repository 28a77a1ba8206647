import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingRuntime

/// An `always` that some request breaks.
package enum AlwaysRefuted: LintRule {
  package static let floor: Severity? = .error

  package static let page = DiagnosticPage(
    DiagnosticCode("always_refuted"), .error,
    finds: "An `always` block that some request breaks.",
    why: """
      An `always` is a promise about every request that meets its condition. This one is broken: a \
      request was built, decided by the code that decides requests, and held against each line. The \
      note shows it; `rung test` explains its decision.
      """,
    wrong: LintSample.policy(
      """
      route long when prompt.tokens >= 16k { use large }
      always "streams stay cheap" when stream { first = medium }
      """),
    instead: LintSample.policy(
      """
      route long when prompt.tokens >= 16k and not stream { use large }
      always "streams stay cheap" when stream { first = medium }
      """),
    fix: "There is no automatic fix: either the promise or a route is not what was meant.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (index, always) in subject.policy.always.enumerated() {
      guard case .refuted(let found) = subject.always.verdict(on: index) else { continue }
      let request = RequestBlock(found.request, subject.graph).line
      for failure in found.failures {
        let line = subject.sources.text(of: failure.span)
        report.add(
          "a request breaks `\(line)`", at: failure.span,
          notes: [
            Note("the promise is made here", at: always.condition.span),
            Note("the request: \(request)"),
          ])
      }
    }
  }
}
