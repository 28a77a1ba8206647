/// Builds the index by splitting the routes, field by field, until few are left.
///
/// Each split is the one that leaves the fewest routes to look at, judged on a sample where there
/// are many. Entries keep their order, so every list is ascending by route.
struct IndexBuilder {
  private var index = RouteIndex()
  private let boxes: [RouteBox]

  /// A list this short is tried one by one.
  private static let leafSize = 2
  private static let deepest = 64

  /// One place of a route in the tree.
  struct Entry {
    let route: UInt32
    /// Into the boxes.
    let box: Int32
    /// Into how many branches it may still go.
    let room: Int32
  }

  static func build(_ entries: [Entry], boxes: [RouteBox]) -> RouteIndex {
    var builder = IndexBuilder(boxes: boxes)
    builder.index.root = builder.branch(entries, depth: 0)
    return builder.index
  }

  private init(boxes: [RouteBox]) { self.boxes = boxes }

  private mutating func branch(_ entries: [Entry], depth: Int) -> Branch {
    guard let first = entries.first else { return .none }
    guard entries.count > IndexBuilder.leafSize, depth < IndexBuilder.deepest,
      let split = SplitChoice.best(for: entries, boxes)
    else {
      return leaf(entries)
    }
    switch split {
    case .values(let slot):
      return values(of: slot, entries, first.route, depth) ?? leaf(entries)
    case .below(let slot, let key):
      return below(key, of: slot, entries, first.route, depth) ?? leaf(entries)
    }
  }

  private mutating func leaf(_ entries: [Entry]) -> Branch {
    guard let first = entries.first else { return .none }
    let start = index.leaves.count
    for entry in entries where index.leaves.count == start || index.leaves.last != entry.route {
      index.leaves.append(entry.route)
    }
    index.leaves[index.leaves.count - 1] |= RouteIndex.lastMark
    return Branch(leaf: start, first: first.route)
  }

  private mutating func below(
    _ key: Int64, of slot: UInt32, _ entries: [Entry], _ first: UInt32, _ depth: Int
  ) -> Branch? {
    var lower: [Entry] = []
    var upper: [Entry] = []
    var careless: [Entry] = []
    for entry in entries {
      guard let side = side(slot, entry) else {
        careless.append(entry)
        continue
      }
      if side.high < key {
        lower.append(entry)
      } else if side.low >= key {
        upper.append(entry)
      } else {
        careless.append(entry)
      }
    }
    guard max(lower.count, upper.count, careless.count) < entries.count else { return nil }
    let node = addNode(.below, slot, key: key)
    let branches = [branch(lower, depth: depth + 1), branch(upper, depth: depth + 1)]
    finish(node, branches, keys: [0, 0], careless: branch(careless, depth: depth + 1))
    return Branch(node: node, first: first)
  }

  private mutating func values(
    of slot: UInt32, _ entries: [Entry], _ first: UInt32, _ depth: Int
  ) -> Branch? {
    var placed: [(value: Int64, entry: Entry)] = []
    var careless: [Entry] = []
    for entry in entries {
      guard let side = side(slot, entry), let count = side.valueCount, count <= entry.room else {
        careless.append(entry)
        continue
      }
      let copy = Entry(route: entry.route, box: entry.box, room: entry.room / Int32(count))
      for value in side.allValues { placed.append((value, copy)) }
    }
    // Stable: equal values keep the routes' order.
    placed.sort { ($0.value, $0.entry.route) < ($1.value, $1.entry.route) }
    var groups: [(value: Int64, entries: [Entry])] = []
    for (value, entry) in placed {
      if groups.last?.value == value {
        groups[groups.count - 1].entries.append(entry)
      } else {
        groups.append((value, [entry]))
      }
    }
    guard groups.count + (careless.isEmpty ? 0 : 1) > 1,
      let low = groups.first?.value, let high = groups.last?.value
    else { return nil }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    let isDense = !overflow && span < Int64(groups.count * 4 + 8)
    let node = addNode(isDense ? .dense : .hashed, slot, key: low)
    let children = groups.map { ($0.value, branch($0.entries, depth: depth + 1)) }
    let rest = branch(careless, depth: depth + 1)
    if isDense {
      var branches = [Branch](repeating: .none, count: Int(span) + 1)
      for (value, branch) in children { branches[Int(value - low)] = branch }
      finish(node, branches, keys: Array(repeating: 0, count: branches.count), careless: rest)
    } else {
      let table = IndexBuilder.table(children)
      finish(node, table.branches, keys: table.keys, careless: rest)
    }
    return Branch(node: node, first: first)
  }

  /// At most half full, so that a missing value is found missing.
  private static func table(
    _ children: [(Int64, Branch)]
  ) -> (branches: [Branch], keys: [Int64]) {
    var size = 4
    while size < children.count * 2 { size *= 2 }
    var branches = [Branch](repeating: .none, count: size)
    var keys = [Int64](repeating: 0, count: size)
    for (value, branch) in children {
      var place = IndexNode.place(of: value, mask: size - 1)
      while branches[place] != .none { place = (place + 1) & (size - 1) }
      branches[place] = branch
      keys[place] = value
    }
    return (branches, keys)
  }

  private mutating func addNode(_ kind: IndexNode.Kind, _ slot: UInt32, key: Int64) -> Int {
    index.nodes.append(
      IndexNode(kind: kind, slot: slot, key: key, start: 0, count: 0, careless: .none))
    return index.nodes.count - 1
  }

  private mutating func finish(
    _ node: Int, _ branches: [Branch], keys: [Int64], careless: Branch
  ) {
    index.nodes[node].start = UInt32(index.branches.count)
    index.nodes[node].count = UInt32(branches.count)
    index.nodes[node].careless = careless
    index.branches.append(contentsOf: branches)
    index.keys.append(contentsOf: keys)
  }

  private func side(_ slot: UInt32, _ entry: Entry) -> RouteBox.Side? {
    boxes[Int(entry.box)].sides.first { $0.slot == slot }
  }
}

extension RouteIndex {
  /// Reads the boxes of every route and builds the index over them.
  init(for parts: GraphParts) {
    var reader = BoxReader(parts)
    var boxes: [RouteBox] = []
    var entries: [IndexBuilder.Entry] = []
    for (route, root) in parts.routeRoots.enumerated() {
      guard let root else { continue }
      let own = reader.boxes(of: root)
      let room = RouteIndex.entriesPerRoute / max(1, own.count)
      for box in own {
        entries.append(
          IndexBuilder.Entry(route: UInt32(route), box: Int32(boxes.count), room: Int32(room)))
        boxes.append(box)
      }
    }
    self = IndexBuilder.build(entries, boxes: boxes)
  }
}
