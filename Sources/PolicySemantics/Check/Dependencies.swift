import PolicySource
import PolicySyntax

/// Which declarations read which: conditions, points and the tasks as one.
///
/// Classifiers and budgets read no declaration, so they end every path.
struct Dependencies: Sendable {
  private(set) var nodes: [Dependency: Node] = [:]
  /// In the order they were added, for a stable report.
  private var order: [Dependency] = []

  struct Node: Sendable {
    let name: Name
    let reads: [Dependency]
  }

  mutating func add(_ dependency: Dependency, named name: Name, reads: [Dependency]) {
    if nodes[dependency] == nil { order.append(dependency) }
    nodes[dependency] = Node(name: name, reads: reads)
  }

  /// For each node the classifier or budget it leads to, if it does: by one walk over all.
  var costly: [Dependency: Dependency] {
    var found: [Dependency: Dependency] = [:]
    for node in bottomUp { found[node] = firstCostly(of: nodes[node]?.reads ?? [], found) }
    return found
  }

  /// The first classifier or budget that these lead to, knowing where all nodes lead.
  func firstCostly(
    of reads: [Dependency], _ known: [Dependency: Dependency]
  ) -> Dependency? {
    for read in reads {
      switch read {
      case .classifier, .budget: return read
      case .condition, .points, .tasks: if let costly = known[read] { return costly }
      }
    }
    return nil
  }

  /// The classifiers these lead to, by identifier.
  func classifiers(from reads: [Dependency]) -> [ClassifierID] {
    var seen: Set<Dependency> = []
    var queue = reads
    var found: [ClassifierID] = []
    while let dependency = queue.popLast() {
      guard seen.insert(dependency).inserted else { continue }
      if case .classifier(let id) = dependency { found.append(id) }
      queue += nodes[dependency]?.reads ?? []
    }
    return found.sorted()
  }

  /// All nodes, each after those it reads, as far as circles allow.
  var bottomUp: [Dependency] {
    var result: [Dependency] = []
    walk {
      result.append($0)
    } circle: { _ in
    }
    return result
  }

  /// How many circles are told: more help nobody.
  static let mostCircles = 100

  /// Every circle once, as the names on the way, with the place of the first.
  func circles() -> [(names: [String], span: Span)] {
    var found: [(names: [String], span: Span)] = []
    walk { _ in
    } circle: { members in
      if found.count < Self.mostCircles { found.append(circle(members)) }
    }
    return found
  }

  /// A depth-first walk with its own stack: a chain of ten thousand conditions is no danger.
  private func walk(
    leave: (Dependency) -> Void, circle: ([Dependency]) -> Void
  ) {
    var done: Set<Dependency> = []
    for start in order where !done.contains(start) {
      var path: [(dependency: Dependency, next: Int)] = [(start, 0)]
      var onPath: [Dependency: Int] = [start: 0]
      while let last = path.last {
        let reads = nodes[last.dependency]?.reads ?? []
        guard last.next < reads.count else {
          done.insert(last.dependency)
          onPath[last.dependency] = nil
          path.removeLast()
          leave(last.dependency)
          continue
        }
        path[path.count - 1].next += 1
        let read = reads[last.next]
        if let entry = onPath[read] {
          circle(path[entry...].map(\.dependency))
        } else if !done.contains(read), nodes[read] != nil {
          onPath[read] = path.count
          path.append((read, 0))
        }
      }
    }
  }

  private func circle(_ members: [Dependency]) -> (names: [String], span: Span) {
    let named = members.compactMap { nodes[$0]?.name }
    guard let first = named.first else { return ([], Span(file: SourceID(0), start: 0, end: 0)) }
    return (named.map(\.text) + [first.text], first.span)
  }
}
