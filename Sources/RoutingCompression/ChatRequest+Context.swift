package import ContextCompression
import JSONReading
import JSONWriting
package import OpenAIWire

extension ChatRequest {
  /// The messages as a compression reads them: each text part by itself.
  package var contextMessages: [ContextMessage] {
    let kept = messages.lastIndex { $0.asksProviderToKeep }
    return messages.enumerated().map { place, message in
      ContextMessage(
        role: message.contextRole, texts: message.textParts.map { $0.string ?? "" },
        hasCalls: !message.toolCalls.isEmpty || message.toolCallID != nil,
        hasMedia: !message.media.isEmpty || !message.hasPlainContent, name: message.name,
        isCached: kept.map { place <= $0 } ?? false)
    }
  }

  /// The same request with other texts: every byte that no text was changed in passes as it came.
  ///
  /// Nil if what comes out does not read as those texts, which a message with two contents would not.
  package func replacing(_ made: CompressedContext) -> ChatRequest? {
    guard made.messages.count == messages.count, let array = json.root["messages"] else {
      return nil
    }
    var body = Array(json.bytes[..<array.range.lowerBound])
    body.append(UInt8(ascii: "["))
    var isFirst = true
    for (message, result) in zip(messages, made.messages) where !result.isDropped {
      if !isFirst { body.append(UInt8(ascii: ",")) }
      isFirst = false
      message.write(result, of: json.bytes, to: &body)
    }
    body.append(UInt8(ascii: "]"))
    body += json.bytes[array.range.upperBound...]
    guard let request = try? ChatRequest(body) else { return nil }
    let wanted = made.messages.filter { !$0.isDropped }.map { $0.texts.map(\.text) }
    return request.contextMessages.map(\.texts) == wanted ? request : nil
  }
}

extension ChatMessage {
  fileprivate var contextRole: ContextMessage.Role {
    switch role {
    case .developer: .developer
    case .system: .system
    case .user: .user
    case .assistant: .assistant
    case .tool, .function: .tool
    }
  }

  /// The strings a model reads as the content, in order.
  fileprivate var textParts: [JSONValue] {
    guard let content = value["content"] else { return [] }
    switch content.kind {
    case .string: return [content]
    case .array:
      return content.elements.compactMap { part in
        guard part["type"]?.spells("text") == true, let text = part["text"], text.string != nil
        else { return nil }
        return text
      }
    case .object, .number, .true, .false, .null: return []
    }
  }

  /// Whether the texts are all there is: no refusal, no part of another kind.
  fileprivate var hasPlainContent: Bool {
    text
      == textParts.compactMap(\.string).reduce(into: "") { joined, part in
        joined = joined.isEmpty ? part : joined + "\n" + part
      }
  }

  /// Whether the caller marks the message as the end of a prefix to keep.
  fileprivate var asksProviderToKeep: Bool {
    if value["cache_control"] != nil { return true }
    guard let content = value["content"], content.kind == .array else { return false }
    return content.elements.contains { $0["cache_control"] != nil }
  }

  /// The message with new texts in the places of the old ones.
  fileprivate func write(
    _ made: CompressedMessage, of bytes: [UInt8], to body: inout [UInt8]
  ) {
    var read = value.range.lowerBound
    for (part, text) in zip(textParts, made.texts) where part.string != text.text {
      body += bytes[read..<part.range.lowerBound]
      var json = JSONWriter()
      json.string(text.text)
      body += json.bytes
      read = part.range.upperBound
    }
    body += bytes[read..<value.range.upperBound]
  }
}
