package import JSONReading

/// One message of a conversation.
package struct ChatMessage: Sendable {
  package var role: ChatRole
  /// The text of the content, its parts joined with a newline; a refusal counts as text.
  package var text = ""
  /// The parts of the content that are not text.
  package var media: [MediaPart] = []
  package var toolCalls: [ToolCall] = []
  package var name: String?
  package var toolCallID: String?
  /// Bytes a model is billed for beside the text: tool calls, names and ids, as written.
  package var otherBytes = 0
  /// The message as it was written.
  package let value: JSONValue
}

package enum ChatRole: String, Hashable, Sendable, CaseIterable {
  case developer, system, user, assistant, tool, function
}

/// A part of a message's content that is not text.
package struct MediaPart: Sendable {
  package let kind: Kind
  /// The part as it was written.
  package let value: JSONValue

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case image = "image_url"
    case audio = "input_audio"
    case file
  }
}

/// A call the model made in an earlier turn, or makes in an answer.
package struct ToolCall: Hashable, Sendable {
  package var id: String?
  package var name: String
  /// JSON as the model wrote it, not checked; of a custom tool, its input.
  package var arguments: String
  package var isCustom = false

  package init(id: String?, name: String, arguments: String, isCustom: Bool = false) {
    self.id = id
    self.name = name
    self.arguments = arguments
    self.isCustom = isCustom
  }
}
