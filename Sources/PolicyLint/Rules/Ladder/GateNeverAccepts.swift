import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// A gate, or the gates of one tier together, that no answer passes.
enum GateNeverAccepts: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("gate_never_accepts"), .error,
    finds: "A gate, or the gates of one tier together, that no answer can pass.",
    why: """
      The tier is called and paid for every time, and every time its answer is thrown away. This is \
      worked out over every test of the gate, not guessed: lengths, reasons to finish, thresholds \
      and words that exclude each other.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate short_and_full = length <= 20 chars and length >= 200 chars
      ladder cheap_first { tier small accept short_and_full  tier medium }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate full = length >= 200 chars and not refusal
      ladder cheap_first { tier small accept full  tier medium }
      otherwise { use cheap_first }
      """,
    fix: "There is no automatic fix: which of the tests is wrong, only you know.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    var impossible: Set<Int> = []
    for (index, gate) in subject.policy.gates.enumerated() {
      guard case .decides(let condition) = gate.body,
        AnswerStudy.canHold([condition], in: subject.policy) == false
      else { continue }
      impossible.insert(index)
      report.add(
        "no answer passes gate `\(gate.name)`",
        at: written.gates[gate.name]?.condition.span ?? condition.span,
        notes: clashes(condition, subject.policy))
    }
    for ladder in subject.policy.ladders {
      for tier in ladder.tiers { check(tier, of: ladder, impossible, subject, &report) }
    }
  }

  /// Gates that are sound by themselves and exclude each other.
  private static func check(
    _ tier: CheckedLadder.Tier, of ladder: CheckedLadder, _ impossible: Set<Int>,
    _ subject: LintSubject, _ report: inout LintReport
  ) {
    guard tier.accepts.count > 1, let first = tier.accepts.first, let last = tier.accepts.last,
      !tier.accepts.contains(where: { impossible.contains($0.gate.index) })
    else { return }
    let conditions = tier.accepts.compactMap { $0.condition(in: subject.policy) }
    guard conditions.count > 1, AnswerStudy.canHold(conditions, in: subject.policy) == false else {
      return
    }
    let names = tier.accepts.map { subject.policy[$0.gate].name }
    report.add(
      "no answer of \(subject.name(tier.model)) passes \(subject.list(names)) together",
      at: first.span.union(last.span),
      notes: tier.accepts.map {
        Note("`\(subject.policy[$0.gate].name)` is declared here", at: subject.policy[$0.gate].span)
      })
  }

  /// The fewest parts that already exclude each other, where there are fewer than all.
  private static func clashes(_ condition: AnswerCondition, _ policy: CheckedPolicy) -> [Note] {
    guard case .all(var parts, _) = condition else { return [] }
    for index in parts.indices.reversed() where parts.count > 1 {
      var fewer = parts
      fewer.remove(at: index)
      if AnswerStudy.canHold(fewer, in: policy) == false { parts = fewer }
    }
    guard parts.count > 1 else {
      return parts.map { Note("no answer is like this", at: $0.span) }
    }
    return parts.map { Note("this excludes the rest", at: $0.span) }
  }
}

extension CheckedLadder.Pass {
  /// What must hold of an answer; nil for a score without a threshold.
  func condition(in policy: CheckedPolicy) -> AnswerCondition? {
    switch policy[gate].body {
    case .decides: .gate(gate, span)
    case .scores(let score):
      threshold.map { .scored(score, $0.comparison, $0.score, span) }
    }
  }
}
