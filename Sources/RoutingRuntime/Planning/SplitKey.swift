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

  /// A point in 0..<1,000,000 by a name of the caller; nil where the request itself has to be hashed.
  static func point(
    _ key: CheckedSplit.Key, route: String, _ identities: RequestIdentities
  ) -> (Int64, hashed: CheckedSplit.Key)? {
    guard case .identity(let identity) = key else { return nil }
    var hash = StableHash()
    hash.combine(route)
    if let value = identities[identity] {
      hash.combine(value)
      return (hash.digest.millionth, key)
    }
    guard let value = identities.key else { return nil }
    hash.combine(value)
    return (hash.digest.millionth, .identity(.key))
  }

  /// The point of a request by its digest.
  static func point(route: String, of request: StableHash.Digest) -> Int64 {
    var hash = StableHash()
    hash.combine(route)
    hash.combine(request.first)
    hash.combine(request.second)
    return hash.digest.millionth
  }
}
