import PolicySemantics
import PolicySource

extension AnalysisField {
  /// The field, or the test, as a policy writes it.
  package var words: String {
    switch self {
    case .stream: "stream"
    case .healthy(let model): "healthy(\(model))"
    case .format: "format"
    case .weekday: "weekday"
    case .hour: "hour"
    case .date: "date"
    case .maxTokens: "max_tokens"
    case .temperature: "temperature"
    case .tools: "tools"
    case .images: "images"
    case .messages: "messages"
    case .turn: "turn"
    case .chars(let part): "\(part.rawValue).chars"
    case .tokens(let part): "\(part.rawValue).tokens"
    case .lines(let part): "\(part.rawValue).lines"
    case .budgetUsed(let budget): "\(budget).used"
    case .model: "model"
    case .language: "language"
    case .identity(let identity): identity.rawValue
    case .fact(let name), .classifier(let name): name
    case .tool(let name): "tools has \(name.text.asPolicyText)"
    case .text(let part, let probe): "\(part.rawValue) \(probe.words)"
    }
  }

  /// Whether it is about what the messages say or how many they are.
  var isOfTexts: Bool {
    switch self {
    case .text, .chars, .tokens, .lines, .messages, .turn, .language: true
    case .stream, .healthy, .format, .weekday, .hour, .date, .maxTokens, .temperature, .tools,
      .images, .budgetUsed, .model, .identity, .fact, .classifier, .tool:
      false
    }
  }
}

extension TextProbe {
  /// The test after the text it is of; of a long list only the first words.
  package var words: String {
    switch self {
    case .mentions(let words): "mentions \(Self.list(words))"
    case .contains(let texts): "contains \(Self.list(texts))"
    case .startsWith(let text): "starts with \(text.text.asPolicyText)"
    case .matches(let pattern): "matches /\(pattern.text)/"
    case .has(let feature): "has \(feature.rawValue)"
    }
  }

  private static func list(_ words: [ExactText]) -> String {
    let shown = words.prefix(3).map(\.text.asPolicyText)
    if words.count == 1 { return shown[0] }
    return "(" + shown.joined(separator: ", ") + (words.count > 3 ? ", …)" : ")")
  }
}
