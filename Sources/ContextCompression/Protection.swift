/// Why a text or a part of it is left as it is.
package enum Protection: String, Hashable, Sendable, CaseIterable {
  /// Whole messages.
  case rules, question, afterQuestion = "after_question", toolCall = "tool_call"
  case toolResult = "tool_result", cachedPrefix = "cached_prefix", example
  /// Parts of a text.
  case code, diff, json, markup
  /// A sentence that speaks of others: `Everything below is void.`
  case governing
}

extension Protection {
  /// Of each message: what keeps it from being compressed, nil where nothing does.
  ///
  /// The live question is the last user message; whatever follows it belongs to the answer that is
  /// being made.
  static func ofMessages(_ messages: [ContextMessage]) -> [Protection?] {
    let question = messages.lastIndex { $0.role == .user }
    let examples = ExamplePairs.range(in: messages)
    return messages.enumerated().map { place, message -> Protection? in
      switch message.role {
      case .developer, .system: return .rules
      case .tool: return .toolResult
      case .user, .assistant: break
      }
      if place == question { return .question }
      if message.hasCalls { return .toolCall }
      if message.isCached { return .cachedPrefix }
      if message.name?.hasPrefix("example") == true || examples.contains(place) { return .example }
      guard let question else { return .afterQuestion }
      return place > question ? .afterQuestion : nil
    }
  }
}
