/// Collects keywords in a trie and freezes it into a ``KeywordAutomaton``.
struct KeywordAutomatonBuilder {
  private struct Node {
    var children: [(byte: UInt8, node: Int)] = []
    var outputs: [(pattern: UInt32, member: UInt32)] = []
    var endsBound = false
    var startsAfter = false
  }

  private let mode: KeywordAutomaton.Mode
  private var nodes = [Node()]
  private var filter: KeywordFilter
  private var firstWords = FirstWordFilter()

  init(mode: KeywordAutomaton.Mode) {
    self.mode = mode
    filter = KeywordFilter(foldingCase: mode != .exact)
  }

  var isEmpty: Bool { nodes.count == 1 }

  /// Adds a keyword that answers a pattern; `member` is its place in the pattern's list.
  mutating func add(_ keyword: Keyword, answering pattern: Int, member: Int) {
    var node = 0
    for (offset, byte) in keyword.bytes.enumerated() {
      node = child(of: node, byte)
      nodes[node].startsAfter = keyword.startsAfter[offset]
    }
    nodes[node].endsBound = keyword.endsBound
    if !nodes[node].outputs.contains(where: { $0.pattern == UInt32(pattern) }) {
      nodes[node].outputs.append((UInt32(pattern), UInt32(member)))
    }
    if mode == .wordStarts {
      firstWords.insert(keyword.bytes)
    } else {
      filter.insert(keyword.bytes)
    }
  }

  func freeze() -> KeywordAutomaton {
    var frozen = [KeywordAutomaton.Node](repeating: .init(), count: nodes.count)
    var edgeBytes: [UInt8] = []
    var edgeTargets: [UInt32] = []
    var outputs: [UInt32] = []
    var members: [UInt32] = []
    for index in breadthFirst(&frozen) {
      let node = nodes[index]
      frozen[index].endsBound = node.endsBound
      frozen[index].firstOutput = UInt32(outputs.count)
      frozen[index].outputCount = UInt32(node.outputs.count)
      outputs += node.outputs.map(\.pattern)
      members += node.outputs.map(\.member)
      let failure = Int(frozen[index].failure)
      frozen[index].outputLink =
        frozen[failure].outputCount != 0 ? UInt32(failure) : frozen[failure].outputLink
      frozen[index].firstEdge = UInt32(edgeBytes.count)
      frozen[index].edgeCount = UInt16(node.children.count)
      for child in node.children.sorted(by: { $0.byte < $1.byte }) {
        edgeBytes.append(child.byte)
        edgeTargets.append(UInt32(child.node))
      }
    }
    var rootTargets = [UInt32](repeating: 0, count: 256)
    for child in nodes[0].children { rootTargets[Int(child.byte)] = UInt32(child.node) }
    return KeywordAutomaton(
      mode: mode, nodes: frozen, edges: (edgeBytes, edgeTargets), outputs: (outputs, members),
      rootTargets: rootTargets, filter: filter, firstWords: firstWords)
  }

  /// The nodes in order of depth, with their failures filled in.
  private func breadthFirst(_ frozen: inout [KeywordAutomaton.Node]) -> [Int] {
    var order = [0]
    var next = 0
    while next < order.count {
      let parent = order[next]
      next += 1
      for child in nodes[parent].children {
        frozen[child.node].failure = UInt32(failure(parent, child.byte, frozen))
        order.append(child.node)
      }
    }
    return order
  }

  /// The node of the longest proper suffix of `parent + byte` that starts a keyword.
  ///
  /// Where keywords begin at word starts only, so must the suffix.
  private func failure(
    _ parent: Int, _ byte: UInt8, _ frozen: [KeywordAutomaton.Node]
  ) -> Int {
    guard parent != 0 else { return 0 }
    var state = Int(frozen[parent].failure)
    while state != 0 {
      if let child = existingChild(of: state, byte) { return child }
      state = Int(frozen[state].failure)
    }
    let mayStart = mode != .wordStarts || nodes[parent].startsAfter
    return mayStart ? existingChild(of: 0, byte) ?? 0 : 0
  }

  private func existingChild(of node: Int, _ byte: UInt8) -> Int? {
    nodes[node].children.first { $0.byte == byte }?.node
  }

  private mutating func child(of node: Int, _ byte: UInt8) -> Int {
    if let child = existingChild(of: node, byte) { return child }
    nodes.append(Node())
    nodes[node].children.append((byte, nodes.count - 1))
    return nodes.count - 1
  }
}
