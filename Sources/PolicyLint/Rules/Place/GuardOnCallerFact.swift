import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax

/// A guard that a caller leaves by saying nothing.
enum GuardOnCallerFact: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("guard_on_caller_fact"), .warning,
    finds: "A guard whose `when` reads a caller's fact that says no unless the caller says yes.",
    why: """
      A fact from `metadata` or a header is the caller's word, and its default counts when it says \
      nothing. A request that forgets the fact is then outside the guard, and nobody notices. Make \
      the strict value the default, ask for the fact with `required`, or take it `from key`. Where \
      the guard has other reasons to hold, it is a note.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      facts { region : eu | us = us }
      guard eu_stays when region = eu { only models where model.region = eu }
      otherwise { use medium }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      facts { region : eu | us = eu }
      guard eu_stays when region = eu { only models where model.region = eu }
      otherwise { use medium }
      """,
    fix: """
      Makes a default under which the guard holds. That changes decisions, so it is not applied \
      unless you ask for unsafe fixes.
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    let tried = ValuesTried(policy)
    let written = subject.written
    for declared in policy.guards {
      guard let condition = declared.condition else { continue }
      for (index, fact) in policy.facts.enumerated() where fact.isCallers {
        guard let byDefault = fact.byDefault else { continue }
        let id = FactID(index)
        let silent = truth(condition, id, byDefault, policy)
        let stricter = tried.values(of: id, in: policy).first {
          isStricter(truth(condition, id, $0, policy), than: silent)
        }
        guard let stricter else { continue }
        // A fact that is one reason of several only adds to what the guard holds for anyway.
        let isOnlyReason = silent == .no
        let place = written.guards[declared.name]?.condition?.span ?? declared.span
        report.add(
          "a caller who says nothing of `\(fact.name)` is outside `\(declared.name)`", at: place,
          severity: isOnlyReason ? .warning : .note,
          notes: [
            Note("the default is `\(fact.text(of: byDefault))`", at: fact.span)
          ], fixIts: cure(fact, stricter, written))
      }
    }
  }

  private static func truth(
    _ condition: CheckedCondition, _ fact: FactID, _ value: FactValue, _ policy: CheckedPolicy
  ) -> Truth {
    var reading = PartialReading(policy, .fact(fact, value))
    return reading.truth(condition)
  }

  /// Whether a guard is certain to hold, or may hold, where it did not.
  private static func isStricter(_ value: Truth, than silent: Truth) -> Bool {
    switch (silent, value) {
    case (.no, .yes), (.no, .unknown), (.unknown, .yes): true
    case (.no, .no), (.unknown, .no), (.unknown, .unknown), (.yes, _): false
    }
  }

  private static func cure(
    _ fact: CheckedFact, _ value: FactValue, _ written: WrittenParts
  ) -> [FixIt] {
    guard case .byDefault(let place)? = written.facts[fact.name]?.presence else { return [] }
    let text = fact.text(of: value)
    return [FixIt("make `\(text)` the default", edits: [Edit(place.span, text)])]
  }
}
