/// Which values of one configuration were looked at while it was read, so that what nobody looked at
/// can be told of at the end: a reader cannot pass over a member in silence, not even by mistake.
final class ReadMarks {
  private var count = 0
  private var read: Set<Int> = []
  private var settled: Set<Int> = []

  /// A number for one more value.
  func next() -> Int {
    count += 1
    return count
  }

  func markRead(_ id: Int) { read.insert(id) }

  /// Nothing in it needs to be looked at any more: it was told of, or has nothing to do with routing.
  func markSettled(_ id: Int) { settled.insert(id) }

  func isRead(_ id: Int) -> Bool { read.contains(id) }
  func isSettled(_ id: Int) -> Bool { settled.contains(id) }
}

extension SourceNode {
  /// Says that nothing within is looked at, and why is known: it was told of, or means nothing here.
  func settle() { marks.markSettled(id) }

  /// The members and elements within that nobody looked at, in written order; what stands in one of
  /// them is not named again.
  var unread: [(line: Int, node: SourceNode, key: String?)] {
    if marks.isSettled(id) { return [] }
    switch content {
    case .object(let members):
      return members.flatMap { $0.stored.unread(as: $0.key, on: $0.line) }
    case .list(let elements): return elements.flatMap { $0.unread(as: nil, on: $0.line) }
    case .text, .number, .bool, .null: return []
    }
  }

  /// Itself, if nobody looked at it and it says something; else what is unread within.
  private func unread(
    as key: String?, on line: Int
  ) -> [(line: Int, node: SourceNode, key: String?)] {
    if isNull || marks.isSettled(id) { return [] }
    return marks.isRead(id) ? unread : [(line, self, key)]
  }
}

extension FindingList {
  /// Tells of all that nobody looked at; `reason` says what is known of a key.
  mutating func leaveOutUnread(
    of root: SourceNode, because reason: (String) -> (why: String, cure: String)
  ) {
    for (line, node, key) in root.unread {
      let (why, cure) =
        key.map(reason)
        ?? ("this importer does not look at it", "see whether you need it; nothing stands for it")
      leftOut(node.path, line, why, cure: cure)
    }
  }
}
