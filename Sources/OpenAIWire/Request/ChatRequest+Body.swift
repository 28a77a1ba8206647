import JSONReading
import JSONWriting

extension ChatRequest {
  /// The request a provider gets: what the edits name is replaced or added, everything else passes
  /// byte for byte, in its order.
  ///
  /// Linear in the request.
  package func body(applying edits: UpstreamEdits) -> [UInt8] {
    var changes = changes(for: edits)
    var body: [UInt8] = []
    body.reserveCapacity(json.bytes.count + 512)
    body.append(UInt8(ascii: "{"))
    for (key, value) in json.root.members {
      let name = key.string ?? ""
      switch changes.removeValue(forKey: name) {
      case .drop: continue
      case .write(let bytes): Self.append(key.raw, bytes[...], to: &body)
      case nil:
        if !edits.drops.contains(name) { Self.append(key.raw, value.raw, to: &body) }
      }
    }
    for name in Self.additions {
      guard case .write(let bytes) = changes[name] else { continue }
      Self.append(Array("\"\(name)\"".utf8)[...], bytes[...], to: &body)
    }
    body.append(UInt8(ascii: "}"))
    return body
  }

  /// What becomes of a member, if it does not simply pass.
  fileprivate enum Change {
    case drop
    case write([UInt8])
  }

  /// The members an edit may add, in the order they are added.
  private static let additions = [
    "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "seed",
    "reasoning_effort", "stream", "stream_options", "logprobs",
  ]

  private func changes(for edits: UpstreamEdits) -> [String: Change] {
    var changes: [String: Change] = [:]
    if let model = edits.model { changes["model"] = .write { $0.string(model) } }
    if let value = edits.temperature {
      changes["temperature"] = .write { $0.number(millionths: value) }
    }
    if let value = edits.topP { changes["top_p"] = .write { $0.number(millionths: value) } }
    if let value = edits.seed { changes["seed"] = .write { $0.integer(value) } }
    if let value = edits.reasoningEffort {
      changes["reasoning_effort"] = .write { $0.string(value) }
    }
    if !edits.system.isEmpty {
      var text = SystemText(messages)
      for edit in edits.system { text.apply(edit) }
      changes["messages"] = .write(text.json)
    }
    if edits.dropsTools {
      for name in ["tools", "tool_choice", "parallel_tool_calls", "functions", "function_call"] {
        changes[name] = .drop
      }
    }
    if let wanted = edits.logprobs, wanted != logprobs {
      changes["logprobs"] = wanted ? .write { $0.bool(true) } : .drop
      if !wanted { changes["top_logprobs"] = .drop }
    }
    addMaxTokens(edits, to: &changes)
    addStream(edits.stream, to: &changes)
    return changes
  }

  private func addMaxTokens(_ edits: UpstreamEdits, to changes: inout [String: Change]) {
    guard let value = edits.maxTokens ?? (edits.maxTokensField == nil ? nil : maxTokens) else {
      return
    }
    let wanted = edits.maxTokensField ?? maxTokensField ?? .maxTokens
    for field in MaxTokensField.allCases { changes[field.rawValue] = .drop }
    changes[wanted.rawValue] = .write { $0.integer(value) }
  }

  private func addStream(_ wanted: Bool?, to changes: inout [String: Change]) {
    if let wanted, wanted != stream { changes["stream"] = .write { $0.bool(wanted) } }
    guard wanted ?? stream else {
      if stream { changes["stream_options"] = .drop }
      return
    }
    guard !includeUsage else { return }
    let options = json.root["stream_options"].map { Array($0.members) } ?? []
    changes["stream_options"] = .write { json in
      json.object { json in
        for (key, value) in options where !key.spells("include_usage") {
          json.member(key.string ?? "", raw: value.raw)
        }
        json.member("include_usage", true)
      }
    }
  }

  private static func append(
    _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, to body: inout [UInt8]
  ) {
    if body.count > 1 { body.append(UInt8(ascii: ",")) }
    body.append(contentsOf: key)
    body.append(UInt8(ascii: ":"))
    body.append(contentsOf: value)
  }
}

extension ChatRequest.Change {
  fileprivate static func write(_ body: (inout JSONWriter) -> Void) -> Self {
    var json = JSONWriter()
    body(&json)
    return .write(json.bytes)
  }
}
