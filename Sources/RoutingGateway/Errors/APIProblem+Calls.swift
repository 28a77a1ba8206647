import OpenAIWire
package import PolicySemantics
import PolicyUnits
package import RoutingCalls
import RoutingHealth

// Why no model answered: 502, 503 and 504 by how the calls failed, 429 and 400 where trying later or
// asking for less would help.
extension APIProblem {
  /// `last` is the failure that ended it, `causes` those of all calls in order, `words` name them.
  package static func failed(
    _ last: CallFailure, causes: [CallCause], saying words: String
  ) -> APIProblem {
    if last == .filtered {
      return APIProblem(
        400, "invalid_request_error", code: "content_filter", param: "messages",
        "the provider's filter refused it: \(words)")
    }
    if !causes.isEmpty, causes.allSatisfy(\.isAboutTheRequest) {
      let isTooLong = causes.contains(where: \.isTooLong)
      return APIProblem(
        400, "invalid_request_error",
        code: isTooLong ? "context_length_exceeded" : "refused_by_provider",
        param: isTooLong ? "messages" : nil,
        isTooLong ? "it is too long for every model: \(words)" : "no provider takes it: \(words)")
    }
    if causes.isEmpty, last == .tooLong {
      return APIProblem(
        400, "invalid_request_error", code: "context_length_exceeded", param: "messages",
        "it is too long for every model")
    }
    if causes.contains(where: \.isLimited), causes.allSatisfy({ $0.isLimited || $0.isTooLong }) {
      return APIProblem(
        429, "requests", code: "rate_limit_exceeded",
        "every provider is at its limit: \(words)", retryAfter: wait(for: causes))
    }
    return unavailable(causes, words)
  }

  /// By the last call: it is the one that decided.
  private static func unavailable(_ causes: [CallCause], _ words: String) -> APIProblem {
    let message = "no model answered: \(words)"
    let wait = wait(for: causes.filter(\.saysWhen))
    switch causes.last {
    case .silent:
      return APIProblem(504, "upstream_error", code: "upstream_timeout", message, retryAfter: wait)
    case .unreachable, .unsent, .held, nil:
      return APIProblem(
        503, "upstream_error", code: "upstream_unavailable", message, retryAfter: wait)
    case .broken, .provider:
      return APIProblem(502, "upstream_error", code: "upstream_failed", message, retryAfter: wait)
    }
  }

  /// Seconds until the first of them takes requests again, at least one; nil where none says.
  private static func wait(for causes: [CallCause]) -> Int64? {
    let waits = causes.compactMap(\.retryAfter)
    if waits.isEmpty { return causes.isEmpty ? nil : 1 }
    return waits.min().map { max(1, ($0.count + 999) / 1000) }
  }
}

extension CallCause {
  fileprivate var isLimited: Bool {
    switch self {
    case .provider(.limited, _): true
    case .held(let reason, _): reason.isLimit
    case .provider, .unreachable, .silent, .broken, .unsent: false
    }
  }

  /// Whether it may help to come back, and when.
  fileprivate var saysWhen: Bool {
    if case .held(_, let wait) = self { wait != nil } else { isLimited }
  }

  fileprivate var isTooLong: Bool {
    if case .provider(.tooLong, _) = self { true } else { false }
  }

  /// No other moment and no other key would change it.
  fileprivate var isAboutTheRequest: Bool {
    switch self {
    case .provider(let kind, _):
      switch kind {
      case .tooLong, .badRequest: true
      case .unavailable, .limited, .filtered, .unauthorized, .unpaid, .notFound: false
      }
    case .unreachable, .silent, .broken, .unsent, .held: false
    }
  }

  fileprivate var retryAfter: Milliseconds? {
    switch self {
    case .provider(_, let wait), .held(_, let wait): wait
    case .unreachable, .silent, .broken, .unsent: nil
    }
  }
}
