import JSONWriting

extension ChatChunk {
  /// The chunk as an event of the stream, made of what is known of it; its blank line included.
  package var event: [UInt8] { EventWriting.event(json) }

  /// The chunk as the API writes it, made of what is known of it.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("id", id ?? "")
      json.member("object", "chat.completion.chunk")
      json.member("created", created ?? 0)
      json.member("model", model ?? "")
      if let systemFingerprint { json.member("system_fingerprint", systemFingerprint) }
      json.array("choices") { json in
        for choice in choices { choice.write(to: &json) }
      }
      if let usage {
        json.key("usage")
        usage.write(to: &json)
      }
    }
    return json.bytes
  }
}

extension ChatChunk.Delta {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("index", index)
      json.object("delta") { json in
        if let role { json.member("role", role) }
        if let text { json.member("content", text) }
        if let refusal { json.member("refusal", refusal) }
        if let reasoning { json.member("reasoning_content", reasoning) }
        if !toolCalls.isEmpty {
          json.array("tool_calls") { json in
            for call in toolCalls { call.write(to: &json) }
          }
        }
      }
      json.key("logprobs")
      logprobs.write(to: &json)
      json.member("finish_reason", orNull: finish?.word)
    }
  }
}

extension ChatChunk.ToolCallDelta {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("index", index)
      if let id {
        json.member("id", id)
        json.member("type", isCustom ? "custom" : "function")
      }
      json.object(isCustom ? "custom" : "function") { json in
        if let name { json.member("name", name) }
        json.member(isCustom ? "input" : "arguments", arguments)
      }
    }
  }
}
