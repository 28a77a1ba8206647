import JSONReading

extension ChatRequest {
  /// The fields that are read; the order is that of ``names``.
  enum Field: String, CaseIterable {
    case model, messages, tools, functions, stream, temperature, seed, n, stop, user, metadata,
      cache
    case logprobs
    case toolChoice = "tool_choice"
    case functionCall = "function_call"
    case responseFormat = "response_format"
    case streamOptions = "stream_options"
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
    case topP = "top_p"
    case topLogprobs = "top_logprobs"
    case reasoningEffort = "reasoning_effort"

    static let all = allCases
    static let names = JSONNames(all.map(\.rawValue))
  }

  mutating func readFields() throws(WireProblem) {
    let json = json
    let root = json.root.asNode
    guard json.isObject(root) else { throw json.value(root).wanted("an object") }
    var hasMessages = false
    var key = json.first(in: root)
    while json.contains(key, in: root) {
      let value = json.valueOfKey(key)
      if let number = json.number(of: key, in: Field.names) {
        let field = Field.all[number]
        if field == .messages {
          hasMessages = true
          try readMessages(value, in: json)
        } else if !json.isNull(value) {
          try read(field, value, in: json)
        } else if field == .cache {
          cache = CacheControls()
        }
      }
      key = json.after(value)
    }
    guard hasMessages else { throw json.value(root).missing(Field.messages.rawValue) }
  }

  private mutating func read(
    _ field: Field, _ node: JSONNode, in json: JSONText
  ) throws(WireProblem) {
    switch field {
    case .messages: break
    case .model: model = try json.wantedString(node)
    case .stream: stream = try json.wantedFlag(node)
    case .user: user = try json.wantedString(node)
    case .reasoningEffort: reasoningEffort = try json.wantedString(node)
    case .logprobs: logprobs = try json.wantedFlag(node)
    case .tools, .functions, .toolChoice, .functionCall, .responseFormat, .streamOptions,
      .maxTokens, .maxCompletionTokens, .temperature, .topP, .seed, .n, .stop, .metadata,
      .topLogprobs, .cache:
      try read(field, json.value(node))
    }
  }

  private mutating func read(_ field: Field, _ value: JSONValue) throws(WireProblem) {
    switch field {
    case .model, .messages, .stream, .user, .reasoningEffort, .logprobs: break
    case .tools: try readTools(value)
    case .functions: try readFunctions(value)
    case .toolChoice: toolChoice = try ToolChoice(value)
    case .functionCall: if toolChoice == nil { toolChoice = try ToolChoice(value) }
    case .responseFormat:
      format = try ResponseFormat(value)
      schemaBytes += value.range.count
    case .streamOptions:
      try value.wantedObject()
      if let wanted = value["include_usage"], !wanted.isNull {
        includeUsage = try wanted.wantedFlag()
      }
    case .maxTokens, .maxCompletionTokens: try readMaxTokens(field, value)
    case .temperature: temperature = try value.wantedMillionths(upTo: 2_000_000)
    case .topP: topP = try value.wantedMillionths(upTo: 1_000_000)
    case .seed: seed = try value.wantedInteger(.min ... .max)
    case .n: choices = try value.wantedInteger(1...128)
    case .stop: try readStop(value)
    case .metadata: try readMetadata(value)
    case .cache: cache = try CacheControls(value)
    case .topLogprobs: topLogprobs = try value.wantedInteger(0...20)
    }
  }

  private mutating func readMessages(
    _ array: JSONNode, in json: JSONText
  ) throws(WireProblem) {
    guard json.isArray(array) else { throw json.value(array).wanted("an array") }
    messages.reserveCapacity(8)
    var element = json.first(in: array)
    while json.contains(element, in: array) {
      messages.append(try ChatMessage(element, in: json))
      element = json.after(element)
    }
    guard !messages.isEmpty else {
      throw .badValue(
        json.value(array).place, found: "empty", wanted: "an array of at least one message")
    }
  }

  private mutating func readTools(_ value: JSONValue) throws(WireProblem) {
    try value.wantedArray()
    schemaBytes += value.range.count
    for element in value.elements { tools.append(try ChatTool(element)) }
  }

  private mutating func readFunctions(_ value: JSONValue) throws(WireProblem) {
    try value.wantedArray()
    schemaBytes += value.range.count
    for element in value.elements { tools.append(try ChatTool(function: element)) }
  }

  /// Either name is read; both must agree.
  private mutating func readMaxTokens(_ field: Field, _ value: JSONValue) throws(WireProblem) {
    let number = try value.wantedInteger(1 ... .max)
    if let other = maxTokensField, let earlier = maxTokens, earlier != number {
      throw .conflict(value.place, with: other.rawValue)
    }
    maxTokens = number
    if field == .maxCompletionTokens || maxTokensField == nil {
      maxTokensField = MaxTokensField(rawValue: field.rawValue)
    }
  }

  private mutating func readStop(_ value: JSONValue) throws(WireProblem) {
    if let text = value.string {
      stop = [text]
      return
    }
    guard value.kind == .array else { throw value.wanted("a string or an array of strings") }
    for element in value.elements { stop.append(try element.wantedString()) }
  }

  private mutating func readMetadata(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    metadata.reserveCapacity(4)
    for (key, entry) in value.members {
      metadata.append(MetadataEntry(key: try key.wantedString(), value: entry))
    }
  }
}
