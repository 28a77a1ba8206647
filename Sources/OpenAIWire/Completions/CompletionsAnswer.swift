import JSONReading
import JSONWriting

extension ChatResponse {
  /// The answer in the older shape, `text_completion`; its usage is the provider's own.
  package func completion(as name: AnswerName, adding members: [MemberEdit] = []) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.head(name, created: created, systemFingerprint)
      json.array("choices") { json in
        for choice in choices {
          json.choice(choice.index, choice.text, finish: choice.finish)
        }
      }
      if let usage = raw?.root["usage"] {
        json.member("usage", raw: usage.raw)
      } else if let usage {
        json.key("usage")
        usage.write(to: &json)
      }
    }
    guard !members.isEmpty, let text = try? JSONText(json.bytes) else { return json.bytes }
    return text.root.edited(members)
  }
}

extension ChatChunk {
  /// The chunk in the older shape; empty if it adds no text and ends nothing.
  package func completionEvent(as name: AnswerName) -> [UInt8] {
    let told = choices.filter { $0.text?.isEmpty == false || $0.finish != nil }
    guard !told.isEmpty else { return [] }
    var json = JSONWriter()
    json.object { json in
      json.head(name, created: created, systemFingerprint)
      json.array("choices") { json in
        for choice in told { json.choice(choice.index, choice.text ?? "", finish: choice.finish) }
      }
    }
    return EventWriting.event(json.bytes)
  }
}

extension ChatResponse {
  /// The event with what the whole answer used, in the older shape; `usage` is what counts where the
  /// provider gave no figures to trust.
  package func completionUsageEvent(
    as name: AnswerName, estimated usage: Usage? = nil, adding members: [MemberEdit] = []
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.head(name, created: created, systemFingerprint)
      json.array("choices") { _ in }
      json.key("usage")
      if self.usage != nil || usage == nil,
        let value = usageChunk.json?.root["usage"] ?? raw?.root["usage"], value.kind == .object
      {
        json.raw(value.raw)
      } else if let usage = self.usage ?? usage {
        usage.write(to: &json)
      } else {
        json.null()
      }
    }
    guard !members.isEmpty, let text = try? JSONText(json.bytes) else {
      return EventWriting.event(json.bytes)
    }
    return EventWriting.event(text.root.edited(members))
  }
}

extension JSONWriter {
  fileprivate mutating func head(
    _ name: AnswerName, created: Int64?, _ fingerprint: String?
  ) {
    member("id", name.id)
    member("object", "text_completion")
    member("created", created ?? 0)
    member("model", name.model)
    if let fingerprint { member("system_fingerprint", fingerprint) }
  }

  fileprivate mutating func choice(_ index: Int, _ text: String, finish: FinishReason?) {
    object { json in
      json.member("index", index)
      json.member("text", text)
      json.key("logprobs")
      json.null()
      json.member("finish_reason", orNull: finish?.word)
    }
  }
}
