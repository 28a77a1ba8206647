import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A gate that every answer passes.
enum GateAlwaysAccepts: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("gate_always_accepts"), .warning,
    finds: "A gate that every answer passes.",
    why: """
      The tier looks checked and is not: the worst answer is returned as if it had been found good, \
      and no tier after it is ever reached by a bad one. A comparison that always holds by itself is \
      `always_holds`.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate fine = not refusal or length < 200 chars or refusal
      ladder cheap_first { tier small accept fine  tier medium }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate fine = not refusal and length >= 20 chars
      ladder cheap_first { tier small accept fine  tier medium }
      otherwise { use cheap_first }
      """,
    fix:
      "There is no automatic fix: without the gate the tiers after it would be reached by failures alone."
  )

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    for gate in subject.policy.gates {
      guard case .decides(let condition) = gate.body,
        AnswerStudy.canFail(condition, in: subject.policy) == false
      else { continue }
      report.add(
        "every answer passes gate `\(gate.name)`",
        at: written.gates[gate.name]?.condition.span ?? condition.span,
        notes: cause(condition, subject.policy))
    }
  }

  /// The fewest alternatives of which one always holds, where there are fewer than all.
  private static func cause(_ condition: AnswerCondition, _ policy: CheckedPolicy) -> [Note] {
    guard case .any(var parts, let span) = condition else { return [] }
    for index in parts.indices.reversed() where parts.count > 1 {
      var fewer = parts
      fewer.remove(at: index)
      if AnswerStudy.canFail(.any(fewer, span), in: policy) == false { parts = fewer }
    }
    guard parts.count > 1 else { return parts.map { Note("this always holds", at: $0.span) } }
    return parts.map { Note("this or the rest always holds", at: $0.span) }
  }
}
