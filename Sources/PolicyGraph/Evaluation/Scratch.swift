import PolicySemantics
import TextPatterns

/// Room for deciding, kept from one request to the next so that deciding allocates nothing.
///
/// One scratch serves one decision at a time; it holds no answers between calls.
package struct Scratch: Sendable {
  /// What was being evaluated when a shared part had to be found first.
  var frames: [Frame] = []
  /// By piece, points and task: what this evaluation found, marked with its number.
  var pieces: [UInt64]
  var points: [FoundPoints]
  var task = FoundTask()
  /// Subtrees of the index still to be visited, the one with the first route on top.
  var frontier = RouteFrontier()
  /// By text: the room a scan needs.
  var scans: [TextScan?]
  /// Numbers evaluations: what an earlier one found is stale without being cleared.
  var round: UInt64 = 0

  package init(for graph: DecisionGraph) {
    pieces = Array(repeating: 0, count: graph.parts.pieces.count)
    points = Array(repeating: FoundPoints(), count: graph.parts.pointsRoots.count)
    scans = graph.parts.scans.sets.map { $0.map(TextScan.init(of:)) }
    task.open = Array(repeating: 0, count: (graph.policy.tasks.count + 63) / 64)
  }

  /// The bytes it holds on to for texts.
  package var textRoom: Int { scans.reduce(0) { $0 + ($1?.room ?? 0) } }

  /// Forgets what was found: the facts may have changed.
  mutating func startRound() {
    round &+= 1
    frames.removeAll(keepingCapacity: true)
  }
}

/// A shared part under evaluation: where to go on when it is found.
struct Frame: Sendable {
  /// The node that asked; it is looked at again and then finds its answer.
  let resume: UInt32
  /// The root that was being evaluated, and its unknown marks.
  let root: UInt32
  let marks: UInt64
}

/// The sum of points as far as it is known: between `low` and `high`.
///
/// They differ only while a line hangs on a classifier.
struct FoundPoints: Sendable {
  var round: UInt64 = 0
  var low: Int64 = 0
  var high: Int64 = 0
  /// The line being evaluated.
  var line = 0
}

/// The task as far as it is known.
struct FoundTask: Sendable {
  var round: UInt64 = 0
  /// The only task it can be; nil while more than one is open, or if none holds.
  var only: Int?
  var isOpen = false
  /// Whether one of the open tasks holds for certain, rather than none.
  var isClosed = false
  /// While it is open: a bit for each task it may still turn out to be.
  var open: [UInt64] = []
  /// The child being evaluated.
  var child = 0
}
