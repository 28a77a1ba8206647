package import PolicySemantics

extension TextPart {
  /// Whether a message is one of this part: the question is the last message of the user.
  package func holds(_ role: RequestInput.Role, isQuestion: Bool) -> Bool {
    let isSystem =
      switch role {
      case .system, .developer: true
      case .user, .assistant, .tool: false
      }
    return switch self {
    case .prompt: true
    case .system: isSystem
    case .question: isQuestion
    case .context: !isSystem && !isQuestion
    }
  }
}

extension RequestInput {
  /// The text a classifier reads: the messages of that part, a line break between them.
  package func text(of part: TextPart) -> String {
    let question = messages.lastIndex { $0.role == .user }
    return messages.indices.lazy
      .filter { part.holds(messages[$0].role, isQuestion: $0 == question) }
      .map { messages[$0].text }.joined(separator: "\n")
  }
}
