import HTTPTypes

extension HTTPField.Name {
  static let requestID = constant("x-request-id")
  static let rungRoute = constant("x-rung-route")
  static let rungModel = constant("x-rung-model")
  /// `2/3`: the second of three tiers.
  static let rungTier = constant("x-rung-tier")
  /// Calls made to models for this request, judges and classifiers included.
  static let rungCalls = constant("x-rung-calls")
  /// Of these, how often an answer was rejected and the next tier asked.
  static let rungClimbs = constant("x-rung-climbs")
  /// How often a failure led to another model.
  static let rungFallbacks = constant("x-rung-fallbacks")
  static let rungCost = constant("x-rung-cost-usd")
  static let rungCostCertainty = constant("x-rung-cost-certainty")
  static let rungCache = constant("x-rung-cache")
  /// From 0 to 1: how near the question is whose answer was given.
  static let rungCacheSimilarity = constant("x-rung-cache-similarity")
  static let rungCompression = constant("x-rung-compression")
  static let rungBatch = constant("x-rung-batch")
  static let rungPolicy = constant("x-rung-policy")
  static let rungCommit = constant("x-rung-commit")
  static let rungExplain = constant("x-rung-explain")
  static let idempotencyKey = constant("idempotency-key")
  static let retryAfter = constant("retry-after")
  /// Read by OpenAI's own clients, which try again by themselves and would pay again.
  static let shouldRetry = constant("x-should-retry")

  /// Of a name this file spells.
  private static func constant(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no token") }
    return field
  }
}

extension HTTPFields {
  /// Adds a field whose name is not there yet: to set it is to look for it among all others first.
  mutating func add(_ name: HTTPField.Name, _ value: String) {
    append(HTTPField(name: name, value: value))
  }
}
