import OpenAIWire
import PolicySemantics
import RoutingBatches
import RoutingRuntime

/// Whether one request can be asked together with others, in a few words.
struct BatchWords {
  /// As models are sent it.
  let request: ChatRequest
  let plan: Plan

  /// Nil for a plan that calls nobody.
  var text: String? {
    guard let first = plan.first else { return nil }
    if let reason = reason(first.step) { return "asked alone: \(words(reason))" }
    return "waits for others of its kind"
  }

  private func reason(_ step: PlanStep) -> AloneReason? {
    if plan.stop != nil { return .stop }
    if !step.isBatched { return .otherModel }
    if step.options.firstToken != nil { return .firstToken }
    if step.wantsLogprobs { return .logprobs }
    do throws(AloneReason) {
      _ = try BatchableRequest(request)
      return nil
    } catch {
      return error
    }
  }

  private func words(_ reason: AloneReason) -> String {
    switch reason {
    case .streams: "it is streamed"
    case .tools: "it has tools"
    case .media: "it has more than text"
    case .choices: "it wants several answers"
    case .history: "it is more than instructions and one question"
    case .stop: "its answer may end early"
    case .logprobs: "it wants probabilities"
    case .otherModel: "it begins with another model than the route's first"
    case .firstToken: "its first token has a deadline"
    case .field(let name): "it has `\(name)`"
    case .schemaReferences: "its schema has references"
    case .schema: "its schema says what no answer is held to"
    case .nobodyElse, .noRoom, .dearer, .draining: reason.word
    }
  }
}

extension Plan {
  /// Where the batch that applies stands among the effects.
  var batchLine: Int? {
    effects.firstIndex { effect in
      guard effect.state == .applies else { return false }
      return if case .batch = effect.kind { true } else { false }
    }
  }
}
