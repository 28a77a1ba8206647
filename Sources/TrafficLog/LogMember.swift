/// A member of a log's line that something reads; all others are passed over.
///
/// The names are those of the ledger's export, beside those other programs write, so that an export is
/// a log. In CSV a column of the same name stands for it.
package enum LogMember: String, CaseIterable, Sendable {
  /// `2026-11-21T12:00:00.123Z`, or seconds or milliseconds since 1970.
  case time
  case tenant, user, key, conversation, task, route
  /// The model that was asked for and answered, where the log does not tell them apart.
  case model
  case modelAsked = "model_asked"
  case modelServed = "model_served"
  /// All input tokens, those read from the provider's cache among them.
  case inputTokens = "input_tokens"
  case cachedInputTokens = "cached_input_tokens"
  case outputTokens = "output_tokens"
  /// OpenAI's object, in place of the three counts of tokens.
  case usage
  /// What it cost: a number of whole units, or a text of one.
  case cost
  case costNanos = "cost_nanos"
  case certainty
  /// Of the cost; of the catalog where none is named.
  case currency
  case savedNanos = "saved_nanos"
  /// Facts, by their names.
  case metadata
  /// What two requests have in common that say the same.
  case bodyFingerprint = "body_fingerprint"
  case systemPrompt = "system_prompt_fingerprint"
  /// The messages of a chat request, or the whole of it.
  case messages, request
  case stream, streamed
  case maxTokens = "max_tokens"
  /// The newer name of that: it stands before the older one.
  case maxCompletionTokens = "max_completion_tokens"
  /// How many answers were asked for in one call.
  case choices = "n"
  case finishReason = "finish_reason"
  /// As in the ledger.
  case status, cache, parent
  /// The ledger's list of calls.
  case attempts
  /// What a row of the ledger keeps of the request for its own policy, and which that is.
  case facts
  case policyFingerprint = "policy_fingerprint"
  case catalogFingerprint = "catalog_fingerprint"

  /// How JSON writes it.
  package enum Kind: Sendable {
    case text, time, count, flag, structure
  }

  package var kind: Kind {
    switch self {
    case .time: .time
    case .inputTokens, .cachedInputTokens, .outputTokens, .maxTokens, .maxCompletionTokens,
      .choices, .costNanos, .savedNanos:
      .count
    case .stream, .streamed: .flag
    case .usage, .messages, .request, .attempts, .metadata: .structure
    case .tenant, .user, .key, .conversation, .task, .route, .model, .modelAsked, .modelServed,
      .cost, .certainty, .currency, .bodyFingerprint, .systemPrompt, .finishReason, .status,
      .cache, .parent, .facts, .policyFingerprint, .catalogFingerprint:
      .text
    }
  }
}
