package import OpenAIWire
package import PolicyGraph
import PolicySemantics
import RoutingRequests
package import RoutingService

// What is wrong with a request before anything is decided: its caller can put it right.
extension APIProblem {
  /// A body that cannot be read as what it should be.
  package init(_ problem: WireProblem) {
    let error = ErrorResponse(problem)
    self.init(
      400, error.type ?? "invalid_request_error", code: error.code, param: error.param,
      error.message)
  }

  package init(_ problem: CacheControlProblem) {
    self.init(
      400, "invalid_request_error", code: "invalid_header", param: "cache-control", "\(problem)")
  }

  static let unreadableKey = APIProblem(
    400, "invalid_request_error", code: "invalid_header", param: "idempotency-key",
    "`idempotency-key` is not UTF-8 text, or has U+FFFD in it, as which what is none reads: send "
      + "another, such as a UUID")

  static let longKey = APIProblem(
    400, "invalid_request_error", code: "invalid_header", param: "idempotency-key",
    "`idempotency-key` is over 255 bytes: send a shorter one, such as a UUID")

  package init(_ problem: FactProblem) {
    switch problem {
    case .missing(let fact):
      self.init(
        400, "invalid_request_error", code: "fact_missing", param: fact.param, "\(problem)")
    case .outsideType(let fact, _):
      self.init(
        400, "invalid_request_error", code: "fact_invalid", param: fact.param, "\(problem)")
    case .textTooLong:
      self.init(
        413, "invalid_request_error", code: "text_too_long", param: "messages", "\(problem)")
    }
  }

  package init(_ problem: RequestProblem) {
    switch problem {
    case .fact(let problem): self.init(problem)
    case .choices: self.init(problem, "unsupported_value", param: "n")
    case .unreadableTokens: self.init(problem, "unreadable_tokens", param: "input")
    case .content(.media): self.init(problem, "unsupported_content", param: "messages")
    case .content(.pricedField(let field)), .content(.routingField(let field)):
      self.init(problem, "unsupported_field", param: field)
    case .cacheWrites: self.init(problem, "unbounded_cost", param: "cache_control")
    case .unbounded: self.init(problem, "unbounded_cost", param: "max_completion_tokens")
    case .keyOfAnotherBody: self.init(problem, "idempotency_key_reused", status: 422)
    case .notCached(let places, _):
      let param = places.contains(.body) ? "cache.only-if-cached" : "cache-control"
      self.init(problem, "not_cached", param: param, status: 504)
      isWorthRetrying = false
    case .keyLost: self.init(problem, "idempotency_key_lost", status: 422)
    case .needsLedger:
      self.init(501, "server_error", code: "needs_ledger", "\(problem)")
      isWorthRetrying = false
    }
  }

  private init(
    _ problem: RequestProblem, _ code: String, param: String? = nil, status: Int = 400
  ) {
    self.init(status, "invalid_request_error", code: code, param: param, "\(problem)")
  }
}

extension FactProblem.DeclaredFact {
  /// The field of the request a caller would set; nil for what comes from elsewhere.
  fileprivate var param: String? {
    switch origin {
    case .metadata: "metadata.\(name)"
    case .header, .key: nil
    }
  }
}
