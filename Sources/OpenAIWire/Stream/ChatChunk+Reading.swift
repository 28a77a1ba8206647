package import JSONReading

extension ChatChunk {
  /// The most choices, and tool calls of a choice, a stream may speak of.
  static let mostIndices = 128

  /// Reads the data of an event; an error object in it is thrown as an error.
  package init(
    _ data: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(WireProblem) {
    let root = try ChatResponse.json(data, limits: limits).root
    if let error = ErrorResponse(root) { throw .error(error) }
    guard root.kind == .object else { throw .notACompletion(root.place, wanted: "an object") }
    var deltas: [Delta] = []
    if let choices = root["choices"], !choices.isNull {
      guard choices.kind == .array else {
        throw .notACompletion(choices.place, wanted: "an array")
      }
      for value in choices.elements { deltas.append(try Delta(value, at: deltas.count)) }
    } else if root["usage"] == nil {
      throw .notACompletion(ChatResponse.place(of: "choices", in: root), wanted: "an array")
    }
    self.init(
      id: root["id"]?.string, model: root["model"]?.string, created: root["created"]?.integer,
      systemFingerprint: root["system_fingerprint"]?.string, choices: deltas)
    raw = AsWritten(root.text)
    switch Usage.read(root["usage"] ?? root["x_groq"]?["usage"]) {
    case .success(let usage): self.usage = usage
    case .failure(.absent): break
    case .failure(let problem): usageProblem = problem
    }
  }

  /// A place in an array, as the value says or as it stands.
  static func index(of value: JSONValue, at position: Int) throws(WireProblem) -> Int {
    guard let field = value["index"], !field.isNull else { return position }
    guard let index = field.integer, (0..<Int64(mostIndices)).contains(index) else {
      throw .notACompletion(field.place, wanted: "a whole number below \(mostIndices)")
    }
    return Int(index)
  }
}

extension ChatChunk.Delta {
  fileprivate init(_ value: JSONValue, at position: Int) throws(WireProblem) {
    guard value.kind == .object else {
      throw .notACompletion(value.place, wanted: "an object")
    }
    self.init(index: try ChatChunk.index(of: value, at: position))
    finish = value["finish_reason"]?.string.map(FinishReason.init)
    logprobs = TokenLogprob.read(value["logprobs"])
    // A last chunk may come without a delta.
    guard let delta = value["delta"], delta.kind == .object else { return }
    role = delta["role"]?.string
    text = delta["content"]?.string
    refusal = delta["refusal"]?.string
    reasoning = delta["reasoning_content"]?.string ?? delta["reasoning"]?.string
    if let calls = delta["tool_calls"] {
      for call in calls.elements {
        toolCalls.append(try ChatChunk.ToolCallDelta(call, at: toolCalls.count))
      }
    } else if let call = delta["function_call"], call.kind == .object {
      toolCalls.append(
        ChatChunk.ToolCallDelta(
          index: 0, name: call["name"]?.string, arguments: call["arguments"]?.string ?? ""))
    }
  }
}

extension ChatChunk.ToolCallDelta {
  fileprivate init(_ value: JSONValue, at position: Int) throws(WireProblem) {
    let custom = value["custom"]
    let called = custom ?? value["function"]
    self.init(
      index: try ChatChunk.index(of: value, at: position),
      id: value["id"]?.string,
      name: called?["name"]?.string,
      arguments: called?[custom == nil ? "arguments" : "input"]?.string ?? "",
      isCustom: custom != nil || value["type"]?.spells("custom") == true)
  }
}
