import PolicyAnalysis
package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A condition, or a part of one, that every request meets.
package enum Tautology: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("tautology"), .warning,
    finds: "A condition that every request meets, because its parts leave nothing out.",
    why: """
      A route with such a condition takes every request that comes to it, and nothing below it runs. \
      A part that always holds decides nothing: it reads as if it did.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      route paying when plan != free or plan != pro { use large }
      otherwise { use small }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      route paying when plan != free { use large }
      otherwise { use small }
      """,
    fix:
      "There is none: `otherwise` says that everything is meant, and what was meant instead is not known."
  )

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (condition, owner) in subject.conditions {
      guard
        let found = try? subject.study.ask({ regions throws(DiagramsTooLarge) in
          try regions.tautologies(in: condition)
        })
      else { continue }
      for tautology in found {
        report.add(
          tautology.span == condition.span
            ? "every request meets the condition of \(owner)" : "every request meets this part",
          at: tautology.span,
          notes: tautology.parts.count < 2
            ? [] : tautology.parts.map { Note("what the others leave out, this takes", at: $0) })
      }
    }
  }
}
