package import PolicySemantics
package import PolicySource

/// A policy ready to decide: atoms, guards over them, and an index over the routes.
///
/// - **Atoms** are the distinct tests of the policy, each once, compiled to integer comparisons or
///   to a bit of one scan of a text.
/// - **Guards** are the conditions, flat and in the shape they were written, with a span per node.
///   Named conditions and points are shared, never copied.
/// - The **index** skips routes whose guard cannot hold; see ``RouteIndex``.
///
/// Everything else a policy says (calls, ladders, caches) stays in ``policy``, by the same
/// identifiers.
///
/// Size, for any policy with `c` condition parts (`and`, `or`, `not`, names and tests):
/// at most `c + c/62 + points + 1` nodes, at most `c` atoms, and an index of at most
/// ``RouteIndex/entriesPerRoute`` entries and as many nodes for each route.
///
/// INVARIANT: immutable, and every index in it is in range, so deciding neither throws nor waits.
package final class DecisionGraph: Sendable {
  let parts: GraphParts

  init(_ parts: GraphParts) { self.parts = parts }

  package var policy: CheckedPolicy { parts.policy }

  // MARK: Conditions

  package var nodeCount: Int { parts.nodes.count }

  package subscript(node: NodeID) -> GuardNode { parts.nodes[node.index] }

  /// What the policy says at this node.
  package func span(of node: NodeID) -> Span { parts.nodeSpans[node.index] }

  /// The condition written at a place; nil where there is none, which always holds.
  package func root(of site: ConditionSite) -> NodeID? {
    let root: UInt32? =
      switch site {
      case .route(let id): parts.routeRoots[id.index]
      case .task(let id): parts.taskRoots[id.index]
      case .named(let id): parts.pieces[id.index]
      case .pointsLine(let id, let line): parts.lineRoots[id.index][line]
      case .budget(let id): parts.budgetRoots[id.index]
      case .compression(let id): parts.compressionRoots[id.index]
      case .guarding(let id): parts.guardRoots[id.index]
      case .always(let index): parts.alwaysRoots[index]
      }
    return root.map { NodeID(Int($0)) }
  }

  /// The children of a node in written order; none for an atom or a named condition.
  package func children(of node: NodeID) -> [NodeID] {
    let end = Int(parts.nodes[node.index].end)
    var children: [NodeID] = []
    var at = node.index + 1
    while at < end {
      children.append(NodeID(at))
      at = Int(parts.nodes[at].end)
    }
    return children
  }

  // MARK: Atoms

  package var atomCount: Int { parts.atoms.count }

  /// What an atom tests, as the checker wrote it.
  package func test(of atom: AtomID) -> RequestTest { parts.tests[atom.index] }
}

/// The arrays of a graph, while it is built.
struct GraphParts: Sendable {
  let policy: CheckedPolicy
  var nodes: [GuardNode] = []
  var nodeSpans: [Span] = []
  var atoms: [Atom] = []
  /// By atom.
  var tests: [RequestTest] = []
  /// Sorted lists of labels, names and comparisons that atoms point at.
  var pool: [Int64] = []
  /// Comparisons of points, by the operand of their atoms.
  var pointsTests: [PointsTest] = []
  /// The roots of the named conditions, then of parts that were too deep to stay in place.
  var pieces: [UInt32] = []
  /// The `points` node of each points declaration, and the weights of its lines.
  var pointsRoots: [UInt32] = []
  var weights: [[Int64]] = []
  var lineRoots: [[UInt32]] = []
  /// The `tasks` node, and the task each of its children stands for.
  var tasksRoot: UInt32?
  var taskOfChild: [Int] = []
  /// The task that holds when no other does.
  var lastTask: Int?
  var taskRoots: [UInt32?] = []
  var routeRoots: [UInt32?] = []
  var budgetRoots: [UInt32?] = []
  var compressionRoots: [UInt32?] = []
  var guardRoots: [UInt32?] = []
  var alwaysRoots: [UInt32] = []
  /// By fact.
  var facts: [FactReader]
  var slots: FieldSlots
  var names = NameTable()
  var scans = TextScans()
  var index = RouteIndex()

  init(policy: CheckedPolicy) {
    self.policy = policy
    facts = policy.facts.enumerated().map { FactReader(FactID($0), $1) }
    slots = FieldSlots(facts: policy.facts.count, classifiers: policy.classifiers.count)
  }
}
