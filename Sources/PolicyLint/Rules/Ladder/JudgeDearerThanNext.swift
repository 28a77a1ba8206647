import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A tier whose judge costs more than the answer of the tier after it.
enum JudgeDearerThanNext: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("judge_dearer_than_next"), .warning,
    finds: "A judge that costs more than having the next tier answer.",
    why: """
      Asking whether an answer is good enough is then dearer than getting the better one, and it is \
      paid for every answer. Counted for an ordinary answer of 300 tokens to a question of any \
      length, with a judge that writes one token and a second opinion that writes an ordinary answer.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = judge(large, "Does it answer the question?")
      ladder cheap_first { tier small accept helpful >= 0.8  tier medium }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = judge(medium, "Does it answer the question?")
      ladder cheap_first { tier small accept helpful >= 0.8  tier large }
      otherwise { use cheap_first }
      """,
    fix: "Let a cheaper model judge, use a gate that needs no model, or leave the tier out.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for ladder in subject.policy.ladders {
      let costs = ClimbCosts(ladder, subject)
      for tier in ladder.tiers.indices.dropLast() {
        guard let (judges, next, prompt) = figures(tier, ladder, costs, subject),
          let pass = ladder.tiers[tier].accepts.first(where: {
            GateNeeds($0.gate, of: subject.policy).asks.contains { $0.target != nil }
          })
        else { continue }
        report.add(
          "asking \(subject.list(costs.asked(tier))) costs more than an answer of "
            + subject.name(ladder.tiers[tier + 1].model),
          at: pass.span,
          notes: [
            Note(
              "for a question of \(subject.tokens(prompt)) and an answer of \(ClimbCosts.answer): "
                + "\(subject.text(judges)) at least to judge, \(subject.text(next)) to answer")
          ])
      }
    }
  }

  /// What judging and answering cost, if judging is dearer for every size of question.
  static func figures(
    _ tier: Int, _ ladder: CheckedLadder, _ costs: ClimbCosts, _ subject: LintSubject
  ) -> (judges: Money, next: Money, prompt: Int64)? {
    guard !costs.asked(tier).isEmpty,
      !subject.policy[ladder.tiers[tier + 1].model].capabilities.contains(.reasoning)
    else { return nil }
    var shown: (Money, Money, Int64)?
    for prompt in costs.sizes(upTo: tier) + [min(1_000, costs.sizes(upTo: tier).last ?? 0)] {
      guard let judges = costs.gates(tier, prompt: prompt, question: prompt),
        let next = costs.call(tier + 1, prompt: prompt), judges > next
      else { return nil }
      shown = (judges, next, prompt)
    }
    return shown
  }
}
