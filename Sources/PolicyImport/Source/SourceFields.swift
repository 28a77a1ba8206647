import CatalogImport

/// The members of one object, each of which is taken by somebody or told of at the end: nothing of a
/// configuration is passed over in silence.
struct SourceFields {
  let node: SourceNode
  private var taken: Set<String> = []

  init(_ node: SourceNode) { self.node = node }

  /// The value of a key, which counts as read from now on.
  mutating func take(_ key: String) -> SourceNode? {
    taken.insert(key)
    return node[key]
  }

  /// Passes over a key that means nothing here, with all that stands in it.
  mutating func ignore(_ key: String) {
    take(key)?.settle()
  }

  /// What nobody took, in written order.
  var rest: [SourceNode.Member] {
    node.members.filter { !taken.contains($0.key) && !$0.stored.isNull }
  }
}

/// A key of a configuration for a report: short, on one line, and not if it looks like a secret.
func shownKey(_ key: String) -> String {
  DraftNames.isHoldable(key) ? key.shown : "(a key that is not shown)"
}
