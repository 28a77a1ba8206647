import JSONWriting

extension ChatResponse {
  /// The body of an answer as the API writes it, made of what is known of the answer.
  package var written: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("id", id ?? "")
      json.member("object", "chat.completion")
      json.member("created", created ?? 0)
      json.member("model", model ?? "")
      json.array("choices") { json in
        for choice in choices { choice.write(to: &json) }
      }
      if let usage {
        json.key("usage")
        usage.write(to: &json)
      }
      if let systemFingerprint { json.member("system_fingerprint", systemFingerprint) }
    }
    return json.bytes
  }
}

extension ChatResponse.Choice {
  /// The call of the older form, which has no id.
  private var legacyCall: ToolCall? {
    guard finish == .functionCall, toolCalls.count == 1, toolCalls[0].id == nil else { return nil }
    return toolCalls[0]
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("index", index)
      json.object("message") { json in
        json.member("role", "assistant")
        let isSilent = text.isEmpty && (refusal != nil || !toolCalls.isEmpty)
        json.member("content", orNull: isSilent ? nil : text)
        json.member("refusal", orNull: refusal)
        if let reasoning { json.member("reasoning_content", reasoning) }
        if let call = legacyCall {
          json.object("function_call") { json in
            json.member("name", call.name)
            json.member("arguments", call.arguments)
          }
        } else if !toolCalls.isEmpty {
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

extension ToolCall {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id ?? "")
      json.member("type", isCustom ? "custom" : "function")
      json.object(isCustom ? "custom" : "function") { json in
        json.member("name", name)
        json.member(isCustom ? "input" : "arguments", arguments)
      }
    }
  }
}

extension [TokenLogprob] {
  func write(to json: inout JSONWriter) {
    guard !isEmpty else { return json.null() }
    json.object { json in
      json.array("content") { json in
        for entry in self {
          json.object { json in
            json.member("token", entry.token)
            json.member("logprob", millionths: entry.millionths)
            json.array("bytes") { json in
              for byte in entry.token.utf8 { json.integer(byte) }
            }
            json.array("top_logprobs") { _ in }
          }
        }
      }
      json.key("refusal")
      json.null()
    }
  }
}

extension Usage {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("prompt_tokens", prompt)
      json.member("completion_tokens", completion)
      json.member("total_tokens", total)
      json.object("prompt_tokens_details") { json in
        json.member("cached_tokens", cached)
        let written = cacheWritten + cacheWrittenLong
        if written > 0 { json.member("cache_creation_tokens", written) }
        if cacheWrittenLong > 0 {
          json.object("cache_creation_token_details") { json in
            json.member("ephemeral_5m_input_tokens", cacheWritten)
            json.member("ephemeral_1h_input_tokens", cacheWrittenLong)
          }
        }
      }
      json.object("completion_tokens_details") { json in
        json.member("reasoning_tokens", reasoning)
      }
    }
  }
}
