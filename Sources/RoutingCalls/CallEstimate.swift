import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingRuntime
import TokenEstimates

/// What a call may have used whose provider gave no figures: tokens, for readers and for bounds.
struct CallEstimate: Sendable {
  /// The upper end of the prompt's estimate.
  let input: Int64
  /// Never below the prompt's truth; nil if nothing bounds it.
  let inputBound: Int64?
  let family: TokenFamily

  /// For a call that is not made.
  static let none = CallEstimate(input: 0, inputBound: nil, family: .generic)

  /// The upper end of what people write, by the texts that came; not a bound.
  func usage(of written: AnswerTally) -> RoutingRuntime.Usage {
    let (output, reasoning) = written.estimate(family)
    return RoutingRuntime.Usage(
      input: max(0, input), output: (output + reasoning).high, reasoning: reasoning.high)
  }

  /// Never below what was written and can be seen: a byte of text is at most one token.
  ///
  /// Nil if nothing bounds the prompt.
  func bound(of written: AnswerTally) -> RoutingRuntime.Usage? {
    guard let inputBound else { return nil }
    return RoutingRuntime.Usage(input: inputBound, output: written.bytes)
  }
}

extension CallEstimate {
  /// What is known of a call before it is made.
  init(_ order: CallOrder, _ plan: Plan, _ step: Climb.Step, in catalog: Catalog) {
    let models = catalog.vocabulary.models
    let model = order.model.index
    self.init(
      input: plan.calls.indices.contains(order.call) ? plan.calls[order.call].input.high : 0,
      inputBound: step.isBounded ? step.inputBound : nil,
      family: TokenFamily(models.indices.contains(model) ? models[model].tokenizer : .generic))
  }
}
