import JSONReading

extension ChatRequest {
  /// The fields that are read; the order is that of ``names``.
  enum Field: String, CaseIterable {
    case model, messages, tools, functions, stream, temperature, seed, n, stop, user, metadata
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
    let root = json.root
    try root.wantedObject()
    let names = Field.names
    let fields = Field.all
    var hasMessages = false
    for (key, value) in root.members {
      guard let number = names[key] else { continue }
      let field = fields[number]
      if field == .messages {
        hasMessages = true
        try readMessages(value)
      } else if !value.isNull {
        try read(field, value)
      }
    }
    guard hasMessages else { throw root.missing(Field.messages.rawValue) }
  }

  private mutating func read(_ field: Field, _ value: JSONValue) throws(WireProblem) {
    switch field {
    case .model: model = try value.wantedString()
    case .messages: break
    case .tools: try readTools(value)
    case .functions: try readFunctions(value)
    case .toolChoice: toolChoice = try ToolChoice(value)
    case .functionCall: if toolChoice == nil { toolChoice = try ToolChoice(value) }
    case .responseFormat:
      format = try ResponseFormat(value)
      schemaBytes += value.range.count
    case .stream: stream = try value.wantedFlag()
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
    case .user: user = try value.wantedString()
    case .metadata: try readMetadata(value)
    case .logprobs: logprobs = try value.wantedFlag()
    case .topLogprobs: topLogprobs = try value.wantedInteger(0...20)
    case .reasoningEffort: reasoningEffort = try value.wantedString()
    }
  }

  private mutating func readMessages(_ value: JSONValue) throws(WireProblem) {
    try value.wantedArray()
    messages.reserveCapacity(8)
    for element in value.elements {
      messages.append(try ChatMessage(element))
    }
    guard !messages.isEmpty else {
      throw .badValue(value.place, found: "empty", wanted: "an array of at least one message")
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
    for (key, entry) in value.members {
      metadata.append(MetadataEntry(key: try key.wantedString(), value: entry))
    }
  }
}
