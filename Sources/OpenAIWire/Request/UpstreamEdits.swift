/// What changes between the request as it came and the request a provider gets.
///
/// Nil and empty mean: leave it as the caller wrote it.
package struct UpstreamEdits: Hashable, Sendable {
  /// The name the provider knows the model by.
  package var model: String?
  /// Written under the name the caller used, `max_tokens` if it used none.
  package var maxTokens: Int64?
  /// The name to use instead, for models that know only one of the two.
  package var maxTokensField: ChatRequest.MaxTokensField?
  /// Millionths.
  package var temperature: Int64?
  /// Millionths.
  package var topP: Int64?
  package var seed: Int64?
  package var reasoningEffort: String?
  /// False also drops `stream_options`; a request that streams always asks for its usage.
  package var stream: Bool?
  /// True asks for the probabilities of the answer's tokens; false drops the question for them.
  package var logprobs: Bool?
  /// Applied in order.
  package var system: [SystemEdit]
  /// Drops the tools, the older functions, and what chooses among them.
  package var dropsTools: Bool
  /// Further members to leave out, by name.
  package var drops: Set<String>

  package init(
    model: String? = nil,
    maxTokens: Int64? = nil,
    maxTokensField: ChatRequest.MaxTokensField? = nil,
    temperature: Int64? = nil,
    topP: Int64? = nil,
    seed: Int64? = nil,
    reasoningEffort: String? = nil,
    stream: Bool? = nil,
    logprobs: Bool? = nil,
    system: [SystemEdit] = [],
    dropsTools: Bool = false,
    drops: Set<String> = []
  ) {
    self.model = model
    self.maxTokens = maxTokens
    self.maxTokensField = maxTokensField
    self.temperature = temperature
    self.topP = topP
    self.seed = seed
    self.reasoningEffort = reasoningEffort
    self.stream = stream
    self.logprobs = logprobs
    self.system = system
    self.dropsTools = dropsTools
    self.drops = drops
  }
}

/// A change of the system text: the texts of `system` and `developer` messages.
package enum SystemEdit: Hashable, Sendable {
  /// Before the first of them, a blank line between; a new message if there is none.
  case prepend(String)
  /// After the last of them, a blank line between; a new message if there is none.
  case append(String)
  /// Instead of all of them, where the first one stood.
  case replace(String)
}
