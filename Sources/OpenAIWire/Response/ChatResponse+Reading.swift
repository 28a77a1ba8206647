package import JSONReading

extension ChatResponse {
  /// Reads the body of an answer that claims success.
  ///
  /// An error object is an error whatever the status said.
  package init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(WireProblem) {
    let root = try Self.json(bytes, limits: limits).root
    if let error = ErrorResponse(root) { throw .error(error) }
    guard root.kind == .object else {
      throw .notACompletion(root.place, wanted: "an object")
    }
    guard let array = root["choices"], array.kind == .array else {
      throw .notACompletion(Self.place(of: "choices", in: root), wanted: "an array")
    }
    var choices: [Choice] = []
    for value in array.elements { choices.append(try Choice(value, at: choices.count)) }
    guard !choices.isEmpty else {
      throw .notACompletion(array.place, wanted: "an array of at least one choice")
    }
    choices.sort { $0.index < $1.index }
    self.init(choices: choices)
    raw = root.text
    readEnvelope(root)
  }

  /// The JSON of a body, with the ways a body can fail to be any told apart.
  static func json(_ bytes: [UInt8], limits: JSONLimits) throws(WireProblem) -> JSONText {
    let start = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard let first = start.first else { throw .emptyBody }
    if first == UInt8(ascii: "<") { throw .html }
    do {
      return try JSONText(bytes, limits: limits)
    } catch {
      throw isCutOff(error, bytes) ? .cutOff(error) : .notJSON(error)
    }
  }

  /// True if more bytes might have made it JSON.
  private static func isCutOff(_ problem: JSONProblem, _ bytes: [UInt8]) -> Bool {
    switch problem.reason {
    case .unexpectedEnd, .unterminatedString: true
    case .badWord(let word), .badNumber(let word):
      problem.place.offset > 0 && problem.place.offset + word.utf8.count == bytes.count
    case .invalidUTF8: problem.place.offset + 3 >= bytes.count
    case .empty, .unexpected, .trailing, .badEscape, .loneSurrogate, .controlCharacter,
      .duplicateKey, .tooDeep, .tooLarge, .tooManyValues, .noMemory:
      false
    }
  }

  private mutating func readEnvelope(_ root: JSONValue) {
    id = root["id"]?.string
    model = root["model"]?.string
    created = root["created"]?.integer
    systemFingerprint = root["system_fingerprint"]?.string
    switch Usage.read(root["usage"]) {
    case .success(let usage):
      self.usage = usage
      usageProblem = nil
    case .failure(let problem): usageProblem = problem
    }
  }

  static func place(of name: String, in value: JSONValue) -> JSONPlace {
    var place = value.place
    place.path += place.path.isEmpty ? name : ".\(name)"
    return place
  }
}

extension ChatResponse.Choice {
  fileprivate init(_ value: JSONValue, at position: Int) throws(WireProblem) {
    guard value.kind == .object else {
      throw .notACompletion(value.place, wanted: "an object")
    }
    self.init(index: value["index"]?.integer.flatMap { Int(exactly: $0) } ?? position)
    finish = value["finish_reason"]?.string.map(FinishReason.init)
    guard let message = value["message"], message.kind == .object else {
      // Azure sends no message where its filter stopped the answer.
      if finish == .contentFilter { return }
      throw .notACompletion(ChatResponse.place(of: "message", in: value), wanted: "an object")
    }
    text = try Self.text(of: message)
    refusal = message["refusal"]?.string
    reasoning = message["reasoning_content"]?.string ?? message["reasoning"]?.string
    logprobs = TokenLogprob.read(value["logprobs"])
    if let calls = message["tool_calls"] {
      for call in calls.elements { toolCalls.append(try Self.call(call)) }
    }
    if let call = message["function_call"], call.kind == .object {
      toolCalls.append(try Self.call(call, isLegacy: true))
    }
  }

  /// A text, or the texts of its parts (Mistral's reasoning models answer in parts).
  private static func text(of message: JSONValue) throws(WireProblem) -> String {
    guard let content = message["content"], !content.isNull else { return "" }
    if let text = content.string { return text }
    guard content.kind == .array else {
      throw .notACompletion(content.place, wanted: "a string")
    }
    return content.elements.compactMap { $0["text"]?.string }.joined(separator: "\n")
  }

  private static func call(
    _ value: JSONValue, isLegacy: Bool = false
  ) throws(WireProblem) -> ToolCall {
    do {
      return try isLegacy ? ToolCall(function: value, id: nil) : ToolCall(value)
    } catch {
      throw .notACompletion(error.place ?? value.place, wanted: "a call with a name")
    }
  }
}

extension TokenLogprob {
  /// The tokens of `logprobs.content`; those that are malformed are left out.
  static func read(_ value: JSONValue?) -> [TokenLogprob] {
    guard let content = value?["content"] else { return [] }
    return content.elements.compactMap { element in
      guard let token = element["token"]?.string, let number = element["logprob"]?.millionths else {
        return nil
      }
      return TokenLogprob(token: token, millionths: number)
    }
  }
}
