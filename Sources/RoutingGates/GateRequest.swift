package import PolicyGraph
import PolicySemantics

/// What a gate may hold an answer against: the question and the rest of the request.
package struct GateRequest: Sendable {
  package let question: String
  /// Every message but the system text and the question, joined by blank lines.
  package let context: String

  package init(question: String, context: String) {
    self.question = question
    self.context = context
  }

  /// For answers that pass no gate: nothing is joined for them.
  package static let none = GateRequest(question: "", context: "")

  package init(_ input: RequestInput) {
    let last = input.messages.lastIndex { $0.role == .user }
    question = last.map { input.messages[$0].text } ?? ""
    var context: [String] = []
    for (index, message) in input.messages.enumerated() where index != last {
      switch message.role {
      case .system, .developer: continue
      case .user, .assistant, .tool: if !message.text.isEmpty { context.append(message.text) }
      }
    }
    self.context = context.joined(separator: "\n\n")
  }
}
