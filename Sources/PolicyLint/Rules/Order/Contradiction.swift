import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A condition, or a part of one, that no request can meet.
package enum Contradiction: LintRule {
  package static let floor: Severity? = .warning

  package static let page = DiagnosticPage(
    DiagnosticCode("contradiction"), .error,
    finds: "A condition that no request can meet, because its parts exclude one another.",
    why: """
      What stands under it never happens. Parts exclude one another in more ways than meet the eye: \
      through named conditions and tasks, through words inside words, through dates and weekdays, \
      through sizes that bound one another.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      condition brief = prompt.chars < 200
      route summaries when brief and prompt.lines > 300 { use large }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      condition brief = prompt.chars < 200
      route summaries when brief or prompt.lines > 300 { use large }
      otherwise { use small }
      """,
    fix: "There is none: which of the parts is wrong is for the author to say.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (condition, owner) in subject.conditions {
      guard
        let found = try? subject.study.ask({ regions throws(DiagramsTooLarge) in
          try regions.contradictions(in: condition)
        })
      else { continue }
      for contradiction in found {
        let isWhole = contradiction.span == condition.span
        let parts = contradiction.parts
        report.add(
          isWhole
            ? "no request meets the condition of \(owner)" : "no request meets this part",
          at: contradiction.span, severity: isWhole ? .error : .warning,
          notes: parts.count < 2
            ? []
            : parts.map { span in
              Note("this excludes \(parts.count == 2 ? "the other" : "the others")", at: span)
            })
      }
    }
  }
}
