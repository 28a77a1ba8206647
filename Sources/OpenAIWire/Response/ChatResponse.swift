package import JSONReading

/// The answer to a request: one or more choices, and what they used.
package struct ChatResponse: Sendable {
  package var id: String?
  package var model: String?
  /// Seconds since 1970 by the provider's clock.
  package var created: Int64?
  package var systemFingerprint: String?
  /// At least one, by ascending index.
  package var choices: [Choice]
  /// Nil if there is none to trust: ``usageProblem`` says why.
  package var usage: Usage?
  package var usageProblem: UsageProblem?
  /// The body as the provider wrote it; nil for an answer put together of chunks, or made by us.
  ///
  /// What is passed on is this: whoever changes the answer after reading it sets it to nil.
  package var raw: JSONText?
  /// Of an answer put together of chunks, the chunk that brought the usage.
  package internal(set) var usageChunk = AsWritten()

  package init(
    id: String? = nil, model: String? = nil, created: Int64? = nil,
    systemFingerprint: String? = nil, choices: [Choice], usage: Usage? = nil
  ) {
    self.id = id
    self.model = model
    self.created = created
    self.systemFingerprint = systemFingerprint
    self.choices = choices
    self.usage = usage
    usageProblem = usage == nil ? .absent : nil
  }

  package struct Choice: Hashable, Sendable {
    package var index: Int
    package var text: String
    package var refusal: String?
    /// What a reasoning model thought aloud, where its provider shows it.
    package var reasoning: String?
    package var toolCalls: [ToolCall]
    package var finish: FinishReason?
    package var logprobs: [TokenLogprob]

    package init(
      index: Int = 0, text: String = "", refusal: String? = nil, reasoning: String? = nil,
      toolCalls: [ToolCall] = [], finish: FinishReason? = nil, logprobs: [TokenLogprob] = []
    ) {
      self.index = index
      self.text = text
      self.refusal = refusal
      self.reasoning = reasoning
      self.toolCalls = toolCalls
      self.finish = finish
      self.logprobs = logprobs
    }
  }

  /// The text of the first choice.
  package var text: String { choices.first?.text ?? "" }
  package var refusal: String? { choices.first?.refusal }
  package var toolCalls: [ToolCall] { choices.first?.toolCalls ?? [] }
  package var finish: FinishReason? { choices.first?.finish }
}

/// Why a model stopped.
package enum FinishReason: Hashable, Sendable {
  case stop, length, toolCalls, contentFilter, functionCall
  /// A provider's own word.
  case other(String)

  package init(_ word: String) {
    self =
      switch word {
      case "stop", "eos", "end_turn": .stop
      case "length", "max_tokens", "model_length": .length
      case "tool_calls": .toolCalls
      case "content_filter", "sensitive", "safety": .contentFilter
      case "function_call": .functionCall
      default: .other(word)
      }
  }

  package var word: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .toolCalls: "tool_calls"
    case .contentFilter: "content_filter"
    case .functionCall: "function_call"
    case .other(let word): word
    }
  }
}

/// How sure the model was of a token it wrote.
package struct TokenLogprob: Hashable, Sendable {
  package var token: String
  /// The natural logarithm of the probability in millionths: 0 or less.
  package var millionths: Int64

  package init(token: String, millionths: Int64) {
    self.token = token
    self.millionths = millionths
  }
}
