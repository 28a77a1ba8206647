import PolicySource

/// Builds the tree of one document from events.
///
/// A stack of open collections, never recursion: the depth limit is checked when a collection opens,
/// and reading stops there, so libyaml never gets to keep thousands open.
struct TreeBuilder {
  let text: YAMLText
  let limits: YAMLLimits
  let sharing: YAMLSharing
  private(set) var root: YAMLNode?
  private(set) var problems: YAMLProblems

  private var open: [OpenCollection] = []
  private var nodeCount = 0
  private var documents = 0
  /// What may be used again, by its anchor.
  private var shared: [String: Shared] = [:]

  /// A node that has ended, with what it counts for where it is used again.
  private struct Shared {
    let node: YAMLNode
    let nodes: Int
    let depth: Int
  }

  init(text: YAMLText, limits: YAMLLimits, sharing: YAMLSharing) {
    self.text = text
    self.limits = limits
    self.sharing = sharing
    self.problems = YAMLProblems(text: text, limit: limits.findings)
  }

  /// Reads to the end of the stream, or to the first problem that cannot be read past.
  mutating func run() {
    do {
      let stream = try EventStream(text.content)
      while try handle(stream.next()) == .more {}
    } catch {
      problems.report(error)
      root = nil
    }
  }

  private enum Progress { case more, done }

  private mutating func handle(_ event: YAMLEvent) -> Progress {
    let span = text.span(event.range)
    switch event.kind {
    case .other: return .more
    case .streamEnd: return .done
    case .documentStart(let hasTagDirectives):
      documents += 1
      if documents > 1 { return stop(.secondDocument, at: span) }
      if hasTagDirectives { problems.report(.tagDirective, at: span) }
      return .more
    case .end:
      guard let collection = open.popLast() else { return .more }
      let node = collection.node(endingAt: span)
      if let anchor = collection.anchor {
        share(node, as: anchor.name, nodes: nodeCount - anchor.nodesBefore)
      }
      place(node)
      return .more
    case .scalar, .alias, .sequenceStart, .mappingStart:
      nodeCount += 1
      if nodeCount > limits.nodes { return stop(.tooManyNodes(limit: limits.nodes), at: span) }
      refuseDecorations(of: event, at: span)
      return begin(event, at: span)
    }
  }

  private mutating func begin(_ event: YAMLEvent, at span: Span) -> Progress {
    let kind = event.kind
    let anchor = sharing == .resolved ? event.anchor : nil
    switch kind {
    case .scalar(let scalar):
      let node = YAMLNode(
        .scalar(scalar), at: trimmed(span, for: scalar.style), isAnchored: anchor != nil)
      if let anchor { share(node, as: anchor, nodes: 1) }
      place(node)
    case .alias(let name):
      guard sharing == .resolved, let use = shared[name] else {
        problems.report(.alias(name), at: span)
        place(YAMLNode(.refused, at: span))
        return .more
      }
      nodeCount += use.nodes - 1
      if nodeCount > limits.nodes { return stop(.tooManyNodes(limit: limits.nodes), at: span) }
      if open.count + use.depth > limits.depth {
        return stop(.tooDeep(limit: limits.depth), at: span)
      }
      place(YAMLNode(use.node.content, at: span))
    case .sequenceStart, .mappingStart:
      if open.count >= limits.depth { return stop(.tooDeep(limit: limits.depth), at: span) }
      let isMapping = if case .mappingStart = kind { true } else { false }
      open.append(
        OpenCollection(
          isMapping: isMapping, at: span, in: text.file, sharing: sharing,
          anchor: anchor.map { ($0, nodeCount - 1) }))
    case .documentStart, .end, .streamEnd, .other:
      break
    }
    return .more
  }

  private mutating func stop(_ problem: YAMLProblem, at span: Span) -> Progress {
    problems.reportLast(problem, at: span)
    if case .secondDocument = problem {} else { root = nil }
    return .done
  }

  private mutating func refuseDecorations(of event: YAMLEvent, at span: Span) {
    if sharing == .refused, let anchor = event.anchor { problems.report(.anchor(anchor), at: span) }
    if event.tag != nil { problems.report(.tag, at: span) }
  }

  private mutating func share(_ node: YAMLNode, as name: String, nodes: Int) {
    shared[name] = Shared(node: node, nodes: nodes, depth: Self.depth(of: node))
  }

  /// Collections inside each other; those of the file are never deeper than the limit.
  private static func depth(of node: YAMLNode) -> Int {
    switch node.content {
    case .scalar, .refused: 0
    case .sequence(let items): 1 + (items.map(depth).max() ?? 0)
    case .mapping(let entries): 1 + (entries.map { depth(of: $0.value) }.max() ?? 0)
    }
  }

  private mutating func place(_ node: YAMLNode) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    if let problem = open[last].add(node) { problems.report(problem, at: node.span) }
  }

  /// Block scalars end where the next token starts; their span ends with their last character.
  private func trimmed(_ span: Span, for style: YAMLScalar.Style) -> Span {
    guard style == .literal || style == .folded else { return span }
    var end = span.end
    while end > span.start, [0x0A, 0x0D, 0x20].contains(text.file.bytes[Int(end) - 1]) { end -= 1 }
    return Span(file: span.file, start: span.start, end: end)
  }
}
