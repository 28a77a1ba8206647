/// The choice of the field a node of the index splits by.
enum SplitChoice {
  case values(slot: UInt32)
  case below(slot: UInt32, key: Int64)

  private static let sampleSize = 256

  /// The split that leaves the fewest routes to look at; nil if none leaves clearly fewer.
  static func best(for entries: [IndexBuilder.Entry], _ boxes: [RouteBox]) -> SplitChoice? {
    let step = max(1, entries.count / sampleSize)
    var sides: [(side: RouteBox.Side, room: Int32)] = []
    var size = 0
    var at = 0
    while at < entries.count {
      let entry = entries[at]
      for side in boxes[Int(entry.box)].sides { sides.append((side, entry.room)) }
      size += 1
      at += step
    }
    sides.sort { ($0.side.slot, $0.side.low) < ($1.side.slot, $1.side.low) }
    var best: (split: SplitChoice, cost: Double)?
    var start = 0
    while start < sides.count {
      let slot = sides[start].side.slot
      var end = start
      while end < sides.count, sides[end].side.slot == slot { end += 1 }
      let run = sides[start..<end]
      for (split, cost) in [
        valuesCost(slot, run, of: size), belowCost(slot, run, of: size),
      ].compactMap({ $0 }) where cost < (best?.cost ?? Double(size) * 0.95) {
        best = (split, cost)
      }
      start = end
    }
    return best?.split
  }

  /// The routes that do not care, and a value's own, weighted by how many need that value.
  private static func valuesCost(
    _ slot: UInt32, _ sides: ArraySlice<(side: RouteBox.Side, room: Int32)>, of size: Int
  ) -> (SplitChoice, Double)? {
    var values: [Int64] = []
    var careful = 0
    for (side, room) in sides {
      guard let count = side.valueCount, count <= room else { continue }
      careful += 1
      values.append(contentsOf: side.allValues)
    }
    guard careful > 0 else { return nil }
    values.sort()
    var squares = 0.0
    var start = 0
    while start < values.count {
      var end = start
      while end < values.count, values[end] == values[start] { end += 1 }
      squares += Double(end - start) * Double(end - start)
      start = end
    }
    return (
      .values(slot: slot), Double(size - careful) + squares / Double(values.count)
    )
  }

  /// The routes on both sides of the middle bound, and half of the others.
  private static func belowCost(
    _ slot: UInt32, _ sides: ArraySlice<(side: RouteBox.Side, room: Int32)>, of size: Int
  ) -> (SplitChoice, Double)? {
    var bounds: [Int64] = []
    for (side, _) in sides {
      if side.low != .min { bounds.append(side.low) }
      if side.high != .max { bounds.append(side.high + 1) }
    }
    guard !bounds.isEmpty else { return nil }
    bounds.sort()
    let key = bounds[bounds.count / 2]
    let apart = sides.count { $0.side.high < key || $0.side.low >= key }
    guard apart > 0 else { return nil }
    return (.below(slot: slot, key: key), Double(size) - Double(apart) / 2)
  }
}
