import OpenAIWire
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
  func usage(of response: ChatResponse) -> RoutingRuntime.Usage {
    var output = TokenEstimate.zero
    var reasoning = TokenEstimate.zero
    for choice in response.choices {
      for text in choice.texts { output += TokenEstimate(text: text.utf8.span, family: family) }
      let thought = choice.reasoning ?? ""
      reasoning += TokenEstimate(text: thought.utf8.span, family: family)
    }
    return RoutingRuntime.Usage(
      input: max(0, input), output: (output + reasoning).high, reasoning: reasoning.high)
  }

  /// Never below what was written and can be seen: a byte of text is at most one token.
  ///
  /// Nil if nothing bounds the prompt.
  func bound(of response: ChatResponse) -> RoutingRuntime.Usage? {
    guard let inputBound else { return nil }
    var bytes = 0
    for choice in response.choices {
      bytes += choice.texts.reduce((choice.reasoning ?? "").utf8.count) { $0 + $1.utf8.count }
    }
    return RoutingRuntime.Usage(input: inputBound, output: Int64(bytes))
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

extension ChatResponse.Choice {
  /// Everything the model wrote but its thoughts.
  fileprivate var texts: [String] {
    [text, refusal ?? ""] + toolCalls.flatMap { [$0.name, $0.arguments] }
  }
}
