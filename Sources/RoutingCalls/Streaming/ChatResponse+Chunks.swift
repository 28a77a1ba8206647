import OpenAIWire

extension ChatResponse {
  /// The answer as a provider that streams would have sent it: for each choice a chunk with all it
  /// says, then one with why it stopped.
  var chunks: [ChatChunk] {
    choices.flatMap { choice in
      [chunk(choice.everything), chunk(choice.ending)]
    }
  }

  private func chunk(_ delta: ChatChunk.Delta) -> ChatChunk {
    ChatChunk(
      id: id, model: model, created: created, systemFingerprint: systemFingerprint,
      choices: [delta])
  }
}

extension ChatResponse.Choice {
  fileprivate var everything: ChatChunk.Delta {
    ChatChunk.Delta(
      index: index, role: "assistant", text: text, refusal: refusal, reasoning: reasoning,
      toolCalls: toolCalls.enumerated().map { place, call in
        ChatChunk.ToolCallDelta(
          index: place, id: call.id, name: call.name, arguments: call.arguments)
      },
      logprobs: logprobs)
  }

  fileprivate var ending: ChatChunk.Delta {
    ChatChunk.Delta(index: index, finish: finish ?? .stop)
  }
}
