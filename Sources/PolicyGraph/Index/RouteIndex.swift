/// Leads to the routes whose guard can still hold, the first written first.
///
/// A tree over the fields that are equal to something or lie in an interval. An inner node splits
/// its routes by one field: those that need one value, those that need another, and those that do
/// not care. A search follows the value's branch and the careless one, always the branch with the
/// earliest route first, so routes come out in written order and nothing past the winner is looked
/// at.
///
/// It only skips guards that cannot hold; it never decides. What it knows of a guard are boxes
/// (``RouteBox``), each a necessary condition.
///
/// Size: every inner node has at least two branches with routes in them, so there are fewer inner
/// nodes than entries, and at most ``entriesPerRoute`` entries for each route.
struct RouteIndex: Hashable, Sendable {
  /// How often one route may stand in the tree: alternatives and lists put it into several branches.
  static let entriesPerRoute = 16

  var nodes: [IndexNode] = []
  /// Branches of nodes that ask for one value: dense by value, or a hash table of keys.
  var branches: [Branch] = []
  /// By place of a hashed branch: the value that leads there.
  var keys: [Int64] = []
  /// Lists of routes, ascending, the last of each list marked with ``lastMark``.
  var leaves: [UInt32] = []
  var root = Branch.none

  static let lastMark: UInt32 = 1 << 31
}

/// A subtree with its first route: comparing two branches compares their first routes.
///
/// The upper half is the route; of the lower half, the top bit says that the rest is a place in the
/// leaves, not among the nodes.
struct Branch: Hashable, Comparable, Sendable {
  let bits: UInt64

  static let none = Branch(bits: .max)

  init(bits: UInt64) { self.bits = bits }

  init(node: Int, first: UInt32) { bits = UInt64(first) << 32 | UInt64(node) }

  init(leaf: Int, first: UInt32) {
    bits = UInt64(first) << 32 | Branch.leafMark | UInt64(leaf)
  }

  static func < (a: Branch, b: Branch) -> Bool { a.bits < b.bits }

  var firstRoute: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
  var isLeaf: Bool { bits & Branch.leafMark != 0 }
  var place: Int { Int(bits & (Branch.leafMark - 1)) }

  private static let leafMark: UInt64 = 1 << 31
}

/// An inner node of the index: what it reads, and where its branches are.
struct IndexNode: Hashable, Sendable {
  var kind: Kind
  var slot: UInt32
  /// `dense`: the value of the first branch.
  ///
  /// `below`: the first value of the upper branch.
  var key: Int64
  /// The first of its branches, and their number (a power of two where they are hashed).
  var start: UInt32
  var count: UInt32
  /// The routes that do not care.
  var careless: Branch

  enum Kind: UInt8, Hashable, Sendable {
    /// A branch for each value from `key` on.
    case dense
    /// A hash table of branches by value.
    case hashed
    /// Two branches: values below `key`, and the others.
    case below
  }

  /// The place of a value in a hash table, before collisions.
  @inline(__always)
  static func place(of value: Int64, mask: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(bitPattern: value) &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
  }
}
