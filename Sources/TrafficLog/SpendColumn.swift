import JSONReading

/// The members of a log's line that say where money went, in the order of their cells.
enum SpendColumn: Int, CaseIterable {
  case time
  case tenant, key, task, route
  case model, modelAsked, modelServed
  case inputTokens, cachedInputTokens, outputTokens, usage
  case cost, costNanos, certainty, currency, savedNanos
  case bodyFingerprint, systemPrompt, policy
  case messages, request
  case streamed, stream, maxTokens, maxCompletionTokens, choices, finishReason
  case status, cache, parent
  case attempts, facts
  case metadata

  static let columns = JSONColumns(allCases.map(\.member.rawValue))

  var member: LogMember {
    switch self {
    case .time: .time
    case .tenant: .tenant
    case .key: .key
    case .task: .task
    case .route: .route
    case .model: .model
    case .modelAsked: .modelAsked
    case .modelServed: .modelServed
    case .inputTokens: .inputTokens
    case .cachedInputTokens: .cachedInputTokens
    case .outputTokens: .outputTokens
    case .usage: .usage
    case .cost: .cost
    case .costNanos: .costNanos
    case .certainty: .certainty
    case .currency: .currency
    case .savedNanos: .savedNanos
    case .bodyFingerprint: .bodyFingerprint
    case .systemPrompt: .systemPrompt
    case .policy: .policyFingerprint
    case .messages: .messages
    case .request: .request
    case .streamed: .streamed
    case .stream: .stream
    case .maxTokens: .maxTokens
    case .maxCompletionTokens: .maxCompletionTokens
    case .choices: .choices
    case .finishReason: .finishReason
    case .status: .status
    case .cache: .cache
    case .parent: .parent
    case .attempts: .attempts
    case .facts: .facts
    case .metadata: .metadata
    }
  }
}
