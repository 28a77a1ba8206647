import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCache
import RoutingEvaluation
import RoutingLedger
import RoutingRuntime
import RoutingService

/// A gold set run through two prompts by the policy's own routes.
struct PromptTrial {
  let gold: GoldSet
  private(set) var outcomes = PairedOutcomes()
  /// Requests that passed with the original only, by their place.
  private(set) var lost: [String] = []
  /// Requests that gave no answer, with either.
  private(set) var unanswered: [String] = []
  private(set) var originalCost = CallCost.nothing
  private(set) var shorterCost = CallCost.nothing

  /// Both runs in the order of the set.
  init(_ gold: GoldSet, original: [RunRow], shorter: [RunRow]) {
    self.gold = gold
    for (item, (before, after)) in zip(gold.items, zip(original, shorter)) {
      let passes = (before.passes(item), after.passes(item))
      outcomes.add(first: passes.0, second: passes.1)
      if passes.0, !passes.1 { lost.append(item.name) }
      if before.answerText == nil || after.answerText == nil { unanswered.append(item.name) }
      originalCost = originalCost + before.cost
      shorterCost = shorterCost + after.cost
    }
  }
}

extension RunRow {
  /// The text of the answer; nil if there is none.
  var answerText: String? { answer?.choices.first?.text }

  /// False without an answer; the set was read as one whose questions all have a check.
  func passes(_ item: GoldItem) -> Bool {
    guard let answerText, let check = item.check else { return false }
    return check.holds(of: answerText)
  }

  var cost: CallCost { outcome.map { CallCost($0.entry.cost) } ?? .unknown }
}
