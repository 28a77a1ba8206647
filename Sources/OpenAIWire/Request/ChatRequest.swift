package import JSONReading

/// A request for a chat completion: the fields routing needs, read and checked, over the text it came
/// in.
///
/// What is not named here is neither checked nor lost: ``body(applying:)`` passes it on byte for
/// byte. `null` counts as absent wherever the API allows it.
package struct ChatRequest: Sendable {
  /// The text as it came.
  package let json: JSONText
  /// Nil if the caller named none.
  package var model: String?
  /// At least one.
  package var messages: [ChatMessage] = []
  /// Tools, and the `functions` of older callers.
  package var tools: [ChatTool] = []
  package var toolChoice: ToolChoice?
  package var format: ResponseFormat = .text
  package var stream = false
  /// `stream_options.include_usage`.
  package var includeUsage = false
  /// The most output tokens the caller wants, under either name.
  package var maxTokens: Int64?
  /// The name the caller used; `max_completion_tokens` if both.
  package var maxTokensField: MaxTokensField?
  /// Millionths in 0…2,000,000.
  package var temperature: Int64?
  /// Millionths in 0…1,000,000.
  package var topP: Int64?
  package var seed: Int64?
  /// How many answers are wanted, at least 1.
  package var choices: Int64 = 1
  package var stop: [String] = []
  package var user: String?
  package var metadata: [MetadataEntry] = []
  package var logprobs = false
  package var topLogprobs: Int64?
  package var reasoningEffort: String?
  /// What the caller asks of a cache in front of the model; nil if it has no such member.
  package var cache: CacheControls?
  /// Bytes of `tools`, `functions` and `response_format` as they were sent.
  package var schemaBytes = 0

  package enum MaxTokensField: String, Hashable, Sendable, CaseIterable {
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  /// Reads the body of a request.
  package init(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(WireProblem) {
    let json: JSONText
    do {
      json = try JSONText(bytes, limits: limits)
    } catch {
      throw .json(error)
    }
    try self.init(json)
  }

  package init(_ json: JSONText) throws(WireProblem) {
    self.json = json
    try readFields()
  }
}

/// A member of the request's `metadata`.
package struct MetadataEntry: Sendable {
  package let key: String
  package let value: JSONValue
}

package enum ResponseFormat: String, Hashable, Sendable, CaseIterable {
  case text
  case jsonObject = "json_object"
  case jsonSchema = "json_schema"
}

/// What the caller offers the model to call.
package struct ChatTool: Sendable {
  /// The function's name; of a tool a provider brings itself, its type.
  package let name: String
  /// The definition as it was written.
  package let value: JSONValue
}

package enum ToolChoice: Hashable, Sendable {
  case none, auto, required
  /// One tool, or one of the allowed ones: kept as written.
  case named
}
