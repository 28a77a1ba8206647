import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A tier that costs more than one before it and was measured to be no better.
enum DearerNotBetter: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("dearer_not_better"), .warning,
    finds: "A tier dearer than one before it that the catalog's `quality` says is no better.",
    why: """
      A rejected answer climbs to get a better one. Here it gets one that is measured as good or \
      worse and pays more for it. A tier that holds longer prompts, can do more, or is the only one \
      a guard leaves is not found.
      """,
    wrong: nil, instead: nil,
    fix: "Leave the tier out, put a better model there, or correct the measurement in the catalog.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    for ladder in subject.policy.ladders {
      for (index, tier) in ladder.tiers.enumerated() {
        guard let quality = subject.policy[tier.model].quality,
          let earlier = ladder.tiers[..<index].last(where: {
            isNoGain(tier, after: $0, subject)
          }), let before = subject.policy[earlier.model].quality
        else { continue }
        let place = written.model(index, of: ladder)
        report.add(
          "\(subject.name(tier.model)) costs more than \(subject.name(earlier.model)) and is measured no better",
          at: place,
          notes: [
            Note(
              "quality \(Amounts.text(quality)) after \(Amounts.text(before)), "
                + prices(tier, earlier, subject),
              at: earlier.span)
          ])
      }
    }
  }

  private static func isNoGain(
    _ tier: CheckedLadder.Tier, after earlier: CheckedLadder.Tier, _ subject: LintSubject
  ) -> Bool {
    let (model, before) = (subject.policy[tier.model], subject.policy[earlier.model])
    guard tier.model != earlier.model, let quality = model.quality, let measured = before.quality,
      quality <= measured, isDearer(model.prices, than: before.prices)
    else { return false }
    guard let window = model.window, let held = before.window, window <= held,
      model.capabilities.isSubset(of: before.capabilities), tier.options.effort == nil
    else { return false }
    return !subject.decider.frozen.guards.contains { frozen in
      frozen.only.contains {
        $0.models[earlier.model.index] == .none && $0.models[tier.model.index] != .none
      }
    }
  }

  private static func isDearer(_ prices: ModelPrices, than before: ModelPrices) -> Bool {
    guard let input = prices.input, let output = prices.output, let inputBefore = before.input,
      let outputBefore = before.output
    else { return false }
    return input >= inputBefore && output >= outputBefore
      && (input > inputBefore || output > outputBefore)
      && (prices.perRequest ?? .zero) >= (before.perRequest ?? .zero)
      && prices.longContext.isEmpty && before.longContext.isEmpty
  }

  private static func prices(
    _ tier: CheckedLadder.Tier, _ earlier: CheckedLadder.Tier, _ subject: LintSubject
  ) -> String {
    func text(_ model: ModelID) -> String {
      let prices = subject.policy[model].prices
      let million = [prices.input, prices.output].map { price in
        price.map { Amounts.perMillion($0, currency: subject.policy.vocabulary.currency) } ?? "?"
      }
      return "\(million[0]) in and \(million[1]) out"
    }
    return "\(text(tier.model)) per 1M tokens after \(text(earlier.model))"
  }
}
