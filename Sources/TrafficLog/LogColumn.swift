import JSONReading

/// The members of a log's line that a replay reads, in the order of their cells.
enum LogColumn: Int, CaseIterable {
  case time
  case tenant, user, key, conversation
  case model, modelAsked, modelServed
  case inputTokens, cachedInputTokens, outputTokens
  case cost, costNanos, currency
  case metadata
  case bodyFingerprint
  case messages, request
  case usage
  case stream, streamed
  case maxTokens, maxCompletionTokens, choices
  case finishReason, status, cache
  case attempts
  case facts
  case policyFingerprint, catalogFingerprint

  static let columns = JSONColumns(allCases.map(\.member.rawValue))

  var member: LogMember {
    switch self {
    case .time: .time
    case .tenant: .tenant
    case .user: .user
    case .key: .key
    case .conversation: .conversation
    case .model: .model
    case .modelAsked: .modelAsked
    case .modelServed: .modelServed
    case .inputTokens: .inputTokens
    case .cachedInputTokens: .cachedInputTokens
    case .outputTokens: .outputTokens
    case .cost: .cost
    case .costNanos: .costNanos
    case .currency: .currency
    case .metadata: .metadata
    case .bodyFingerprint: .bodyFingerprint
    case .messages: .messages
    case .request: .request
    case .usage: .usage
    case .stream: .stream
    case .streamed: .streamed
    case .maxTokens: .maxTokens
    case .maxCompletionTokens: .maxCompletionTokens
    case .choices: .choices
    case .finishReason: .finishReason
    case .status: .status
    case .cache: .cache
    case .attempts: .attempts
    case .facts: .facts
    case .policyFingerprint: .policyFingerprint
    case .catalogFingerprint: .catalogFingerprint
    }
  }
}
