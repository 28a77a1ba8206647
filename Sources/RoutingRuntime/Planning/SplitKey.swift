import PolicyGraph
import PolicySemantics
import PolicySource

/// What a split hashes.
///
/// The route's name goes first, so that two splits by the same identity do not choose alike. An
/// identity the request lacks gives way to the key, and a request without a key to the request
/// itself: the digest of the model it names and the roles and texts of its messages. No arm is
/// favoured then, and the same request still gets the same arm.
enum SplitKey {
  /// Whether a split by this key hashes the request itself.
  static func isRequest(_ key: CheckedSplit.Key, _ identities: RequestIdentities) -> Bool {
    switch key {
    case .request: true
    case .identity(let identity): identities[identity] == nil && identities.key == nil
    }
  }

  /// A point in 0..<1,000,000.
  static func point(
    _ key: CheckedSplit.Key, route: String, _ input: borrowing some PlannableRequest,
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
    let texts = input.textDigest
    hash.combine(texts.first)
    hash.combine(texts.second)
    return (hash.digest.millionth, .request)
  }
}
