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
  /// The text a classifier reads, which is the one that conditions are held against.
  package func text(of part: TextPart) -> String {
    var texts = RequestTexts(messages)
    return String(decoding: texts.bytes(of: part), as: UTF8.self)
  }
}
