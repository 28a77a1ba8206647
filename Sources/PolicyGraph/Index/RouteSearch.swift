/// Walks the index for one request and yields routes in written order.
///
/// A route may come more than once in a row.
struct RouteSearch {
  private var current: Branch

  init(_ index: borrowing RouteIndex, _ frontier: inout RouteFrontier) {
    frontier.removeAll()
    current = index.root
  }

  /// The next route whose guard can hold, or nil after the last.
  ///
  /// INVARIANT: routes come in ascending order, and every route whose guard holds comes.
  @inline(__always)
  mutating func next(
    _ index: borrowing RouteIndex, _ values: [Int64], _ frontier: inout RouteFrontier
  ) -> Int? {
    while true {
      if let first = frontier.first, first < current {
        current = current == .none ? frontier.popFirst() : frontier.replaceFirst(with: current)
      }
      if current == .none { return nil }
      if current.isLeaf {
        let place = current.place
        let route = Int(current.firstRoute)
        if index.leaves[place] & RouteIndex.lastMark != 0 {
          current = .none
        } else {
          let next = index.leaves[place + 1] & ~RouteIndex.lastMark
          current = Branch(leaf: place + 1, first: next)
        }
        return route
      }
      let node = index.nodes[current.place]
      let branch = index.branch(of: node, for: values[Int(node.slot)])
      if branch < node.careless {
        current = branch
        if node.careless != .none { frontier.insert(node.careless) }
      } else {
        current = node.careless
        if branch != .none { frontier.insert(branch) }
      }
    }
  }
}

extension RouteIndex {
  @inline(__always)
  func branch(of node: IndexNode, for value: Int64) -> Branch {
    switch node.kind {
    case .dense:
      let place = UInt64(bitPattern: value &- node.key)
      return place < UInt64(node.count) ? branches[Int(node.start) + Int(place)] : .none
    case .below:
      return branches[Int(node.start) + (value < node.key ? 0 : 1)]
    case .hashed:
      let mask = Int(node.count) - 1
      var place = IndexNode.place(of: value, mask: mask)
      while true {
        let branch = branches[Int(node.start) + place]
        if branch == .none || keys[Int(node.start) + place] == value { return branch }
        place = (place + 1) & mask
      }
    }
  }
}
