import PolicyGraph
import PolicySemantics
import PolicySource

/// What a split hashes.
///
/// The route's name goes first, so that two splits by the same identity do not choose alike. An
/// identity the request lacks gives way to the key, and a request without a key to the request
/// itself: the roles and texts of its messages and the model it names. No arm is favoured then, and
/// the same request still gets the same arm.
enum SplitKey {
  /// A point in 0..<1,000,000.
  static func point(
    _ key: CheckedSplit.Key, route: String, _ input: borrowing RequestInput,
    _ identities: RequestIdentities
  ) -> (Int64, hashed: CheckedSplit.Key) {
    var hash = StableHash()
    hash.combine(route)
    if case .identity(let identity) = key {
      if let value = identities[identity] {
        hash.combine(value)
        return (hash.digest.millionth, key)
      }
      if let value = identities.key {
        hash.combine(value)
        return (hash.digest.millionth, .identity(.key))
      }
    }
    hash.combine(input.model)
    for message in input.messages {
      hash.combine(message.role.rawValue)
      hash.combine(message.text)
    }
    return (hash.digest.millionth, .request)
  }
}
