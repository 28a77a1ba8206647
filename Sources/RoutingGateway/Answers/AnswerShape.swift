import OpenAIWire

/// In which of the API's shapes an answer goes out.
enum AnswerShape {
  case chat
  /// The older one, `text_completion`.
  case completion

  /// The `id` of an answer, whichever provider gave it.
  func id(of request: String) -> String {
    switch self {
    case .chat: "chatcmpl-\(request)"
    case .completion: "cmpl-\(request)"
    }
  }

  func body(
    _ answer: ChatResponse, as name: AnswerName, adding members: [MemberEdit]
  ) -> [UInt8] {
    switch self {
    case .chat: answer.body(as: name, adding: members)
    case .completion: answer.completion(as: name, adding: members)
    }
  }

  func event(_ chunk: ChatChunk, as name: AnswerName, tellsUsage: Bool) -> [UInt8] {
    switch self {
    case .chat: chunk.event(as: name, tellsUsage: tellsUsage)
    case .completion: chunk.completionEvent(as: name)
    }
  }

  func usageEvent(
    _ answer: ChatResponse, as name: AnswerName, estimated usage: OpenAIWire.Usage?,
    adding members: [MemberEdit]
  ) -> [UInt8] {
    switch self {
    case .chat: answer.usageEvent(as: name, estimated: usage, adding: members)
    case .completion: answer.completionUsageEvent(as: name, estimated: usage, adding: members)
    }
  }
}
