import PolicyGraph
import PolicySemantics

/// What a person would say was changed: everything read of the question is one field, and so are the
/// date, the weekday and the hour.
extension AnalysisField {
  /// The names of the fields that change it, as `--keep` and `--free` know them: of the prompt its
  /// parts, of a tenant nobody named the key.
  func callerFields(in input: RequestInput) -> [String] {
    switch self {
    case .text(let part, _), .chars(let part), .tokens(let part), .lines(let part):
      part == .prompt ? TextPart.parts.map(\.rawValue) : [part.rawValue]
    case .language: [TextPart.question.rawValue]
    case .messages, .turn: ["messages"]
    case .tools, .tool: ["tools"]
    case .date, .weekday, .hour: ["moment"]
    case .identity(.tenant) where input.tenant == nil: ["key", "tenant"]
    case .stream, .healthy, .format, .maxTokens, .temperature, .images, .budgetUsed, .model,
      .identity, .fact, .classifier:
      [words]
    }
  }

  /// Whether a caller cannot change it: it is set on the key, or says who calls.
  func isBeyondCaller(_ policy: CheckedPolicy) -> Bool {
    switch self {
    case .fact(let name): policy.facts.first { $0.name == name }?.origin == .key
    case .identity(.tenant), .identity(.key): true
    case .identity(.user), .identity(.conversation), .stream, .healthy, .format, .weekday, .hour,
      .date, .maxTokens, .temperature, .tools, .images, .messages, .turn, .chars, .tokens, .lines,
      .budgetUsed, .model, .language, .classifier, .tool, .text:
      false
    }
  }

  /// How easily a caller changes it under one of its names, the easiest first.
  func ease(as name: String) -> Int {
    switch self {
    case .fact, .model, .stream, .format, .maxTokens, .temperature: 0
    case .tools, .tool, .images: 1
    case .text, .chars, .tokens, .lines, .language:
      name == TextPart.question.rawValue ? 2 : name == TextPart.system.rawValue ? 3 : 4
    // A key says more than a tenant: it is the last one changes of the two.
    case .messages, .turn, .identity: name == "key" ? 6 : 5
    case .date, .weekday, .hour: 6
    case .classifier, .budgetUsed, .healthy: 7
    }
  }

  /// Whether plans depend on more of it than its cells tell: sizes, money, and what arms are drawn by.
  var isMoreThanCells: Bool {
    switch self {
    case .text, .chars, .tokens, .lines, .language, .messages, .turn, .tools, .tool, .images,
      .maxTokens, .budgetUsed, .identity:
      true
    case .stream, .healthy, .format, .weekday, .hour, .date, .temperature, .model, .fact,
      .classifier:
      false
    }
  }
}

extension TextPart {
  /// What the prompt is made of.
  static let parts: [TextPart] = [.system, .context, .question]
}
