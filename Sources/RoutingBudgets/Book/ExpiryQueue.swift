/// Open reservations by the time they expire: a binary heap that forgets the ended ones in bulk.
struct ExpiryQueue: Sendable {
  struct Item: Sendable, Hashable {
    let expiry: Timestamp
    let id: RequestID

    fileprivate func isBefore(_ other: Item) -> Bool {
      (expiry, id) < (other.expiry, other.id)
    }
  }

  private var heap: [Item] = []

  var first: Item? { heap.first }

  /// - Complexity: O(log count).
  mutating func add(_ item: Item) {
    heap.append(item)
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// - Complexity: O(log count).
  mutating func removeFirst() -> Item? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
    return first
  }

  /// Drops items that are no longer open: the first ones at once, the others once they are most of
  /// the queue.
  ///
  /// - Complexity: O(log count) for each item added, amortised.
  mutating func tidy(open: Int, isOpen: (Item) -> Bool) {
    while let first, !isOpen(first) { _ = removeFirst() }
    guard heap.count > 2 * open + 64 else { return }
    heap.removeAll { !isOpen($0) }
    precondition(heap.count >= open, "each open reservation waits for its expiry")
    for place in stride(from: heap.count / 2, through: 0, by: -1) { sink(place) }
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) { least = child }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
