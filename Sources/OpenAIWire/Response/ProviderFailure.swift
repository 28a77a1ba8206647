/// Why a call to a provider gave no answer.
package struct ProviderFailure: Error, Hashable, Sendable {
  package var kind: Kind
  /// The HTTP status, if there was an answer at all.
  package var status: Int?
  /// What the provider said, or what we found.
  package var message: String
  /// The provider's own error, if it sent one.
  package var error: ErrorResponse?
  /// How long the provider asks us to wait.
  package var retryAfter: Int64?
  /// What the call used all the same, where the provider says.
  package var usage: Usage?

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The provider is down, overloaded, or answers what nobody can read.
    case unavailable
    /// Too many requests or tokens for now.
    case limited
    /// The prompt does not fit the model.
    case tooLong = "too_long"
    /// The provider's filter refused prompt or answer.
    case filtered
    /// Our key is wrong or may not do this.
    case unauthorized
    /// The account has nothing left to spend.
    case unpaid
    /// The provider does not know the model or the address.
    case notFound = "not_found"
    /// The request itself is wrong: no other attempt would fare better.
    case badRequest = "bad_request"

    /// Whether the same call may be tried again.
    package var isRepeatable: Bool {
      switch self {
      case .unavailable, .limited: true
      case .tooLong, .filtered, .unauthorized, .unpaid, .notFound, .badRequest: false
      }
    }
  }

  package init(
    _ kind: Kind, status: Int? = nil, message: String, error: ErrorResponse? = nil,
    retryAfter: Int64? = nil, usage: Usage? = nil
  ) {
    self.kind = kind
    self.status = status
    self.message = message
    self.error = error
    self.retryAfter = retryAfter
    self.usage = usage
  }
}
