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

  /// What stands before the value that comes next.
  private enum Key {
    case none
    case usable(String, Span)
    /// Refused; its value is read and dropped.
    case dropped
  }

  init(isMapping: Bool, at start: Span, in file: SourceFile) {
    self.isMapping = isMapping
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
    case .none:
      return takeKey(node)
    }
    return nil
  }

  func node(endingAt end: Span) -> YAMLNode {
    let whole = isBracketed ? span.union(end) : span
    return YAMLNode(isMapping ? .mapping(entries) : .sequence(items), at: whole)
  }

  private mutating func takeKey(_ node: YAMLNode) -> YAMLProblem? {
    key = .dropped
    switch node.content {
    case .refused: return nil
    case .sequence, .mapping: return .keyIsCollection
    case .scalar(let scalar):
      if scalar.isAbsent { return .keyIsAbsent }
      if scalar.style == .plain, scalar.text == "<<" { return .mergeKey }
      if let first = keys[scalar.text] { return .duplicateKey(scalar.text, first: first) }
      keys[scalar.text] = node.span
      key = .usable(scalar.text, node.span)
      return nil
    }
  }
}
