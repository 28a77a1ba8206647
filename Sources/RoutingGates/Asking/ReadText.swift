package import PolicyGraph
package import PolicySemantics

extension RequestInput {
  /// The text a classifier reads: the messages of that part, joined by line breaks.
  package func text(of part: TextPart) -> String {
    let question = messages.lastIndex { $0.role == .user }
    let wanted = messages.indices.filter { index in
      let isSystem =
        switch messages[index].role {
        case .system, .developer: true
        case .user, .assistant, .tool: false
        }
      return switch part {
      case .prompt: true
      case .system: isSystem
      case .question: index == question
      case .context: !isSystem && index != question
      }
    }
    return wanted.map { messages[$0].text }.joined(separator: "\n")
  }
}
