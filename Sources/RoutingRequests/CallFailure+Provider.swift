package import OpenAIWire
package import PolicySemantics

extension CallFailure {
  /// The failure a policy can name; nil for a request that is wrong in itself, which no other model
  /// would answer either.
  ///
  /// A key, an account or a model name that the provider refuses is our trouble with that provider,
  /// not the caller's: the model is unavailable, and trying it again is no use.
  package init?(_ kind: ProviderFailure.Kind) {
    switch kind {
    case .unavailable, .unauthorized, .unpaid, .notFound: self = .unavailable
    case .limited: self = .limited
    case .tooLong: self = .tooLong
    case .filtered: self = .filtered
    case .badRequest: return nil
    }
  }
}
