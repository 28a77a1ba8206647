import HTTPUpstream
package import OpenAIWire
package import PolicyUnits
package import RoutingHealth

/// Why a call gave no answer, for whoever has to tell a caller.
package enum CallCause: Hashable, Sendable {
  /// The provider said so; `retryAfter` is how long it asks to wait.
  case provider(ProviderFailure.Kind, retryAfter: Milliseconds?)
  /// No address, no connection, no TLS.
  case unreachable
  /// A deadline passed.
  case silent
  /// The answer broke off, or is none that can be read.
  case broken
  /// Nothing was sent: no key, no place to call, no thread.
  case unsent
  /// Nothing was sent: nowhere it may go is open now; `wait` is how long until one is.
  case held(NoCall.Reason, wait: Milliseconds?)
}

extension CallCause {
  init(_ failure: ProviderFailure) {
    self = .provider(failure.kind, retryAfter: failure.retryAfter.map { Milliseconds($0) })
  }

  /// Nil for a call nobody waited for any more.
  init?(_ failure: UpstreamFailure) {
    switch failure {
    case .cancelled: return nil
    case .couldNotResolve, .couldNotConnect, .tls, .connectTimeout: self = .unreachable
    case .firstByteTimeout, .silenceTimeout, .wholeTimeout: self = .silent
    case .noAnswer, .reset, .truncated, .tooLarge, .badResponse: self = .broken
    case .libraryMissing, .noResources, .badRequest, .shutDown: self = .unsent
    }
  }
}
