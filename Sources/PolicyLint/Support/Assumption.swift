import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingRuntime

/// The one thing that is taken to be known of a request.
enum Assumption {
  case stream(Bool)
  /// The upper end of the reference tokenizer's interval.
  case promptTokens(Int64)
  case maxTokens(Int64)
  case format(RequestFormat)
  /// It brings at least one.
  case images
  case fact(FactID, FactValue)
  /// No text of the request has any of these.
  case without(Set<TextFeature>)

  /// What a test says then.
  func truth(of test: RequestTest, in policy: CheckedPolicy) -> Truth {
    switch self {
    case .stream(let streams):
      return test == .flag(.stream) ? Truth(streams) : .unknown
    case .promptTokens(let tokens):
      return Self.truth(of: test, promptTokens: tokens)
    case .maxTokens(let tokens):
      guard case .number(.maxTokens, let comparison, let value) = test else { return .unknown }
      return Truth(comparison.holds(tokens, value))
    case .format(let format):
      guard case .label(.format, let labels) = test,
        let label = RequestFormat.allCases.firstIndex(of: format)
      else { return .unknown }
      return Truth(labels.contains(label))
    case .images:
      guard case .number(.images, let comparison, let value) = test else { return .unknown }
      return Truth(comparison, 1...Int64.max, value)
    case .fact(let id, let value):
      return Self.truth(of: test, id, value)
    case .without(let features):
      guard case .text(_, .has(let wanted)) = test else { return .unknown }
      return features.isSuperset(of: wanted) ? .no : .unknown
    }
  }

  private static func truth(of test: RequestTest, promptTokens tokens: Int64) -> Truth {
    guard case .number(.tokens(let part), let comparison, let value) = test else {
      return .unknown
    }
    switch part {
    case .prompt: return Truth(comparison.holds(tokens, value))
    // A part has no more tokens than the whole.
    case .system, .question, .context: return Truth(comparison, 0...max(0, tokens), value)
    }
  }

  private static func truth(of test: RequestTest, _ id: FactID, _ value: FactValue) -> Truth {
    switch (test, value) {
    case (.flag(.fact(id)), .bool(let flag)): Truth(flag)
    case (.label(.fact(id), let labels), .label(let label)): Truth(labels.contains(label))
    case (.number(.fact(id), let comparison, let bound), .count(let count)):
      Truth(comparison.holds(count, bound))
    case (.name(.fact(id), let names), .text(let text)):
      Truth(names.contains { ExactText.areSame($0, text) })
    case (.flag, _), (.label, _), (.number, _), (.name, _), (.text, _), (.offersTool, _):
      .unknown
    }
  }
}
