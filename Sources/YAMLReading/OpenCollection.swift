import PolicySource

/// A sequence or mapping whose end has not come yet.
struct OpenCollection {
  private let isMapping: Bool
  /// Written with brackets, so that its end is the closing one; else it ends with its last child.
  private let isBracketed: Bool
  private var span: Span
  private var items: [YAMLNode] = []
  private var entries: [YAMLEntry] = []
  private var keys: [String: Span] = [:]
  private var key: Key = .none
  /// What merge keys bring, in their order.
  private var merged: [YAMLEntry] = []
  private let sharing: YAMLSharing
  /// The name it is shared under, and how many nodes had been read when it began.
  let anchor: (name: String, nodesBefore: Int)?

  /// What stands before the value that comes next.
  private enum Key {
    case none
    case usable(String, Span)
    /// `<<`, where values may be shared.
    case merge
    /// Refused; its value is read and dropped.
    case dropped
  }

  init(
    isMapping: Bool, at start: Span, in file: SourceFile, sharing: YAMLSharing,
    anchor: (name: String, nodesBefore: Int)?
  ) {
    self.isMapping = isMapping
    self.sharing = sharing
    self.anchor = anchor
    let first = Int(start.start) < file.bytes.count ? file.bytes[Int(start.start)] : 0
    isBracketed = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
    span = Span(file: start.file, start: start.start, end: start.start)
  }

  /// Adds a child; returns what is wrong with it, at its own place.
  mutating func add(_ node: YAMLNode) -> YAMLProblem? {
    span = span.union(node.span)
    guard isMapping else {
      items.append(node)
      return nil
    }
    switch key {
    case .usable(let name, let nameSpan):
      entries.append(YAMLEntry(key: name, keySpan: nameSpan, value: node))
      key = .none
    case .dropped:
      key = .none
    case .merge:
      key = .none
      return merge(node)
    case .none:
      return takeKey(node)
    }
    return nil
  }

  func node(endingAt end: Span) -> YAMLNode {
    let whole = isBracketed ? span.union(end) : span
    // What a mapping says itself holds, wherever it says so; of what is merged, what comes first.
    var all = entries
    var known = Set(keys.keys)
    for entry in merged where known.insert(entry.key).inserted { all.append(entry) }
    return YAMLNode(
      isMapping ? .mapping(all) : .sequence(items), at: whole, isAnchored: anchor != nil)
  }

  /// Takes the entries of the mapping behind `<<`, or of each mapping of a list.
  private mutating func merge(_ node: YAMLNode) -> YAMLProblem? {
    switch node.content {
    case .mapping(let entries): merged += entries
    case .sequence(let items):
      for item in items {
        guard case .mapping(let entries) = item.content else { return .mergeKey }
        merged += entries
      }
    case .refused: break
    case .scalar: return .mergeKey
    }
    return nil
  }

  private mutating func takeKey(_ node: YAMLNode) -> YAMLProblem? {
    key = .dropped
    switch node.content {
    case .refused: return nil
    case .sequence, .mapping: return .keyIsCollection
    case .scalar(let scalar):
      if scalar.isAbsent { return .keyIsAbsent }
      if scalar.style == .plain, scalar.text == "<<" {
        guard sharing == .resolved else { return .mergeKey }
        key = .merge
        return nil
      }
      if let first = keys[scalar.text] { return .duplicateKey(scalar.text, first: first) }
      keys[scalar.text] = node.span
      key = .usable(scalar.text, node.span)
      return nil
    }
  }
}
