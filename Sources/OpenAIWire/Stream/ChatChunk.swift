/// One piece of a streamed answer.
package struct ChatChunk: Hashable, Sendable {
  package var id: String?
  package var model: String?
  package var created: Int64?
  package var systemFingerprint: String?
  /// Empty in the chunk that brings the usage.
  package var choices: [Delta]
  package var usage: Usage?
  /// Why the usage of this chunk cannot be trusted; nil if it has none.
  package var usageProblem: UsageProblem?
  /// The chunk as the provider wrote it; without JSON for one made by us.
  package var raw = AsWritten()

  package init(
    id: String? = nil, model: String? = nil, created: Int64? = nil,
    systemFingerprint: String? = nil, choices: [Delta], usage: Usage? = nil
  ) {
    self.id = id
    self.model = model
    self.created = created
    self.systemFingerprint = systemFingerprint
    self.choices = choices
    self.usage = usage
  }

  /// What a chunk adds to one choice.
  package struct Delta: Hashable, Sendable {
    package var index: Int
    package var role: String?
    package var text: String?
    package var refusal: String?
    package var reasoning: String?
    package var toolCalls: [ToolCallDelta]
    package var finish: FinishReason?
    package var logprobs: [TokenLogprob]

    package init(
      index: Int = 0, role: String? = nil, text: String? = nil, refusal: String? = nil,
      reasoning: String? = nil, toolCalls: [ToolCallDelta] = [], finish: FinishReason? = nil,
      logprobs: [TokenLogprob] = []
    ) {
      self.index = index
      self.role = role
      self.text = text
      self.refusal = refusal
      self.reasoning = reasoning
      self.toolCalls = toolCalls
      self.finish = finish
      self.logprobs = logprobs
    }
  }

  package struct ToolCallDelta: Hashable, Sendable {
    package var index: Int
    package var id: String?
    package var name: String?
    /// Of a custom tool, its input.
    package var arguments: String
    package var isCustom: Bool

    package init(
      index: Int, id: String? = nil, name: String? = nil, arguments: String = "",
      isCustom: Bool = false
    ) {
      self.index = index
      self.id = id
      self.name = name
      self.arguments = arguments
      self.isCustom = isCustom
    }
  }
}
