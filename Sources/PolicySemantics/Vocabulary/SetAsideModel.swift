/// A model or embedder the catalog describes but keeps out of every policy until its owner says a
/// word.
///
/// Its name is known, so that a policy that uses it is told the cure instead of a near name.
package struct SetAsideModel: Hashable, Sendable {
  package var name: String
  /// At least one, in the order the catalog writes them.
  package var doubts: [Doubt]

  package init(name: String, doubts: [Doubt]) {
    self.name = name
    self.doubts = doubts
  }

  /// What keeps it back.
  package enum Doubt: Hashable, Sendable {
    /// The price under this key is zero, and nothing says that this is meant.
    case zeroPrice(key: String)
    /// The price under this key is over 0.001 a token, or over 1 a request.
    case highPrice(key: String)
    /// Nobody wrote down yet where this provider is.
    case noAddress(provider: String)
  }
}
