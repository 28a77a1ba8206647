import JSONReading

/// A chat request, as far as the stand-in looks at it.
struct ChatCall: Sendable {
  struct Message: Sendable {
    let role: String
    let text: String
    let images: Int
  }

  struct Tool: Sendable {
    let name: String
    let description: String
    let parameters: JSONValue?
  }

  enum Format: Sendable {
    case text
    case json
    case schema(JSONValue)
  }

  enum ToolChoice: Sendable {
    case auto
    case never
    case some
    case named(String)
  }

  let model: String
  let messages: [Message]
  let tools: [Tool]
  let toolChoice: ToolChoice
  let format: Format
  let streams: Bool
  let includesUsage: Bool
  let maxTokens: Int?
  let stops: [String]
  /// By the stand-in's tokenizer: the texts, 3 for each message and 3 more, 85 for each image, and
  /// the tools as they were written.
  let promptTokens: Int

  /// The last user message; empty if there is none.
  var question: String { messages.last { $0.role == "user" }?.text ?? "" }

  /// Everything but the question.
  var surroundings: String {
    guard let last = messages.lastIndex(where: { $0.role == "user" }) else {
      return messages.map(\.text).joined(separator: "\n")
    }
    return messages.indices.filter { $0 != last }.map { messages[$0].text }
      .joined(separator: "\n")
  }
}

/// Why a request is refused with 400.
struct BadRequest: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

extension ChatCall {
  init(_ body: [UInt8]) throws(BadRequest) {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(body, limits: JSONLimits(bytes: 64 << 20)).root
    } catch {
      throw BadRequest("We could not parse the JSON body of your request: \(error.description)")
    }
    guard let model = root["model"]?.string else {
      throw BadRequest("you must provide a model parameter")
    }
    guard let list = root["messages"], list.kind == .array else {
      throw BadRequest("Missing required parameter: 'messages'.")
    }
    var messages: [Message] = []
    for element in list.elements { messages.append(try Message(element)) }
    guard !messages.isEmpty else { throw BadRequest("'messages' must not be empty") }

    self.model = model
    self.messages = messages
    tools = root["tools"]?.elements.compactMap(Tool.init) ?? []
    toolChoice = ToolChoice(root["tool_choice"])
    format = Format(root["response_format"])
    streams = root["stream"]?.bool ?? false
    includesUsage = root["stream_options"]?["include_usage"]?.bool ?? false
    maxTokens = try Self.maxTokens(root)
    stops = root["stop"].map { $0.string.map { [$0] } ?? $0.elements.compactMap(\.string) } ?? []
    let texts = messages.reduce(3) { $0 + 3 + Tokens.count($1.text) + 85 * $1.images }
    let written = root["tools"].map { Tokens.count(String(decoding: $0.raw, as: UTF8.self)) }
    promptTokens = texts + (written ?? 0)
  }

  private static func maxTokens(_ root: JSONValue) throws(BadRequest) -> Int? {
    for value in [root["max_completion_tokens"], root["max_tokens"]] {
      guard let value, !value.isNull else { continue }
      guard let number = value.integer, number >= 1 else {
        throw BadRequest("max_tokens must be a whole number of at least 1")
      }
      return Int(clamping: number)
    }
    return nil
  }
}

extension ChatCall.Message {
  fileprivate init(_ value: JSONValue) throws(BadRequest) {
    guard let role = value["role"]?.string else {
      throw BadRequest("every message must have a role")
    }
    self.role = role
    guard let content = value["content"], content.kind == .array else {
      text = value["content"]?.string ?? ""
      images = 0
      return
    }
    let parts = Array(content.elements)
    text = parts.compactMap { $0["text"]?.string }.joined(separator: "\n")
    images = parts.count { $0["type"]?.string == "image_url" }
  }
}

extension ChatCall.Tool {
  fileprivate init?(_ value: JSONValue) {
    guard let function = value["function"], let name = function["name"]?.string else { return nil }
    self.init(
      name: name, description: function["description"]?.string ?? "",
      parameters: function["parameters"])
  }
}

extension ChatCall.ToolChoice {
  fileprivate init(_ value: JSONValue?) {
    if let name = value?["function"]?["name"]?.string {
      self = .named(name)
    } else {
      self =
        switch value?.string {
        case "none": .never
        case "required": .some
        default: .auto
        }
    }
  }
}

extension ChatCall.Format {
  fileprivate init(_ value: JSONValue?) {
    switch value?["type"]?.string {
    case "json_object": self = .json
    case "json_schema": self = value?["json_schema"]?["schema"].map { .schema($0) } ?? .json
    default: self = .text
    }
  }
}
