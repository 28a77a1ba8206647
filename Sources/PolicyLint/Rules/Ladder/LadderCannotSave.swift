import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits

/// A tier that costs, with its gates, at least what it spares.
enum LadderCannotSave: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("ladder_cannot_save"), .warning,
    finds: "A tier that costs, with its gates, as much as it spares, for prompts of every size.",
    why: """
      A cheap call pays if it and its gates cost less than the share of answers accepted times what \
      would have been called instead. The finding shows both and the share at which it would break \
      even. It counts 300 tokens for an ordinary answer, takes judges at their least and the tiers \
      above at their most, and is silent where prices are unknown or the tiers above think before \
      they answer.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = not refusal and length >= 20 chars
      ladder best_first { tier medium accept helpful  tier small }
      otherwise { use best_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = not refusal and length >= 20 chars
      ladder cheap_first { tier small accept helpful  tier medium }
      otherwise { use cheap_first }
      """,
    fix: "Start with the next tier, take a cheaper gate, or a cheaper model below.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    for ladder in subject.policy.ladders {
      let costs = ClimbCosts(ladder, subject)
      for tier in ladder.tiers.indices.dropLast() {
        guard !ladder.tiers[tier].accepts.isEmpty, isComparable(tier, ladder, subject.policy),
          JudgeDearerThanNext.figures(tier, ladder, costs, subject) == nil,
          let shown = cannotSave(tier, costs)
        else { continue }
        let place = written.model(tier, of: ladder)
        add(shown, tier, ladder, place, subject, &report)
      }
    }
  }

  private struct Figures {
    let spent: Money
    let instead: Money
    let prompt: Int64
    let acceptance: Share?
  }

  /// A prompt the figures are shown for.
  private static let shownPrompt: Int64 = 1_000

  /// The figures of one size, if the tier saves at none; nil if it does, or nobody knows.
  private static func cannotSave(_ tier: Int, _ costs: ClimbCosts) -> Figures? {
    let acceptance = costs.acceptance(tier)
    var shown: Figures?
    let sizes = costs.sizes(upTo: tier)
    let size = min(shownPrompt, sizes.last ?? shownPrompt)
    for prompt in sizes + [size] {
      guard let call = costs.call(tier, prompt: prompt),
        let gates = costs.gates(tier, prompt: prompt, question: 0),
        let instead = costs.onwards(from: tier + 1, prompt: prompt)
      else { return nil }
      let spent = call + gates
      let spared = instead.part((acceptance ?? .whole).millionths)
      guard instead > .zero, spent >= spared else { return nil }
      shown = Figures(spent: spent, instead: instead, prompt: prompt, acceptance: acceptance)
    }
    return shown
  }

  /// A model that thinks first writes more than the one it is held against.
  private static func isComparable(
    _ tier: Int, _ ladder: CheckedLadder, _ policy: CheckedPolicy
  ) -> Bool {
    let own = ladder.tiers[tier]
    let reasons = policy[own.model].capabilities.contains(.reasoning)
    return ladder.tiers[(tier + 1)...].allSatisfy { later in
      (reasons || !policy[later.model].capabilities.contains(.reasoning))
        && (later.options.effort == own.options.effort)
    }
  }

  private static func add(
    _ figures: Figures, _ tier: Int, _ ladder: CheckedLadder, _ place: Span,
    _ subject: LintSubject, _ report: inout LintReport
  ) {
    let own = ladder.tiers[tier]
    let next = ladder.tiers[tier + 1]
    let with = subject.policy[own.model].name
    let gates = GateWords.text(own.accepts.count)
    let rate = figures.acceptance.map { ", of whose answers \(Amounts.text($0)) pass," } ?? ""
    var notes = [
      Note(
        "with \(subject.tokens(figures.prompt)) in and \(ClimbCosts.answer) out: "
          + "\(subject.text(figures.spent)) for the call and \(gates), "
          + "\(subject.text(figures.instead)) at most from \(subject.name(next.model)) on")
    ]
    if let even = figures.spent.share(of: figures.instead) {
      notes.append(
        Note(
          even > .whole
            ? "no acceptance makes it pay"
            : "it would break even if \(Amounts.text(even)) of its answers passed"))
    }
    report.add(
      "`\(with)`\(rate) costs as much as it spares, whatever the prompt", at: place, notes: notes)
  }
}

enum GateWords {
  static func text(_ count: Int) -> String { count == 1 ? "its gate" : "its gates" }
}
