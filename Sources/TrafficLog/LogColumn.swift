import JSONReading

/// A member of a log's line that is read; all others are passed over.
///
/// The names are those of the ledger's export, so that an export is a log.
package enum LogColumn: Int, CaseIterable, Sendable {
  /// `2026-11-21T12:00:00.123Z`, or seconds or milliseconds since 1970.
  case time
  case tenant, user, key, conversation
  /// The model that was asked for and answered, where the log does not tell them apart.
  case model
  case modelAsked, modelServed
  /// All input tokens, those read from the provider's cache among them.
  case inputTokens
  case cachedInputTokens, outputTokens
  /// What it cost: a number of the catalog's currency, or a text of one.
  case cost
  case costNanos
  /// Facts, by their names.
  case metadata
  /// What two requests have in common that say the same.
  case bodyFingerprint
  /// The messages of a chat request, or the whole of it.
  case messages, request
  /// OpenAI's object, in place of the three counts of tokens.
  case usage
  case stream, streamed
  case maxTokens
  /// As in the ledger; a row that was not answered by a call is not replayed.
  case status, cache
  /// The ledger's list of calls.
  case attempts
  /// What a row of the ledger keeps of the request for its own policy, and which that is.
  case facts
  case policyFingerprint, catalogFingerprint

  static let columns = JSONColumns(allCases.map(\.name))

  package var name: String {
    switch self {
    case .time: "time"
    case .tenant: "tenant"
    case .user: "user"
    case .key: "key"
    case .conversation: "conversation"
    case .model: "model"
    case .modelAsked: "model_asked"
    case .modelServed: "model_served"
    case .inputTokens: "input_tokens"
    case .cachedInputTokens: "cached_input_tokens"
    case .outputTokens: "output_tokens"
    case .cost: "cost"
    case .costNanos: "cost_nanos"
    case .metadata: "metadata"
    case .bodyFingerprint: "body_fingerprint"
    case .messages: "messages"
    case .request: "request"
    case .usage: "usage"
    case .stream: "stream"
    case .streamed: "streamed"
    case .maxTokens: "max_tokens"
    case .status: "status"
    case .cache: "cache"
    case .attempts: "attempts"
    case .facts: "facts"
    case .policyFingerprint: "policy_fingerprint"
    case .catalogFingerprint: "catalog_fingerprint"
    }
  }
}

/// What is read of OpenAI's `usage`.
enum UsageColumn: Int, CaseIterable {
  case prompt, completion, promptDetails

  static let columns = JSONColumns(["prompt_tokens", "completion_tokens", "prompt_tokens_details"])
  static let details = JSONColumns(["cached_tokens"])
}
