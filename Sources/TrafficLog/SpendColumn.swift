import JSONReading

/// A member of a log's line that says where money went; all others are passed over.
///
/// The names are those of the ledger's export, beside those other programs write.
enum SpendColumn: Int, CaseIterable {
  case time
  case tenant, key, task, route
  case model, modelAsked, modelServed
  case inputTokens, cachedInputTokens, outputTokens, usage
  case cost, costNanos, certainty, currency, savedNanos
  case bodyFingerprint, systemPrompt, policy
  case messages, request
  case streamed, stream, maxTokens, finishReason
  case status, cache, parent
  case attempts
  case metadata

  static let columns = JSONColumns(allCases.map(\.name))

  var name: String {
    switch self {
    case .time: "time"
    case .tenant: "tenant"
    case .key: "key"
    case .task: "task"
    case .route: "route"
    case .model: "model"
    case .modelAsked: "model_asked"
    case .modelServed: "model_served"
    case .inputTokens: "input_tokens"
    case .cachedInputTokens: "cached_input_tokens"
    case .outputTokens: "output_tokens"
    case .usage: "usage"
    case .cost: "cost"
    case .costNanos: "cost_nanos"
    case .certainty: "certainty"
    case .currency: "currency"
    case .savedNanos: "saved_nanos"
    case .bodyFingerprint: "body_fingerprint"
    case .systemPrompt: "system_prompt_fingerprint"
    case .policy: "policy_fingerprint"
    case .messages: "messages"
    case .request: "request"
    case .streamed: "streamed"
    case .stream: "stream"
    case .maxTokens: "max_tokens"
    case .finishReason: "finish_reason"
    case .status: "status"
    case .cache: "cache"
    case .parent: "parent"
    case .attempts: "attempts"
    case .metadata: "metadata"
    }
  }
}
