/// Subtrees still to be searched: a binary heap with the earliest route on top.
struct RouteFrontier: Sendable {
  private var heap: [Branch] = []

  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  var first: Branch? { heap.first }

  mutating func insert(_ branch: Branch) {
    heap.append(branch)
    var at = heap.count - 1
    while at > 0 {
      let above = (at - 1) / 2
      if heap[above] < branch { break }
      heap[at] = heap[above]
      at = above
    }
    heap[at] = branch
  }

  /// Takes out the first and puts another in its place.
  mutating func replaceFirst(with branch: Branch) -> Branch {
    guard let first = heap.first else { return branch }
    sift(branch)
    return first
  }

  mutating func popFirst() -> Branch {
    guard let last = heap.popLast() else { return .none }
    guard let first = heap.first else { return last }
    sift(last)
    return first
  }

  /// Puts a branch at the top and lets it sink.
  private mutating func sift(_ branch: Branch) {
    var at = 0
    while true {
      var below = 2 * at + 1
      if below >= heap.count { break }
      if below + 1 < heap.count, heap[below + 1] < heap[below] { below += 1 }
      if branch < heap[below] { break }
      heap[at] = heap[below]
      at = below
    }
    heap[at] = branch
  }
}
