/// A necessary condition of a guard: for some fields, the values it can hold with.
///
/// Fields it does not name may have any value.
struct RouteBox: Hashable, Sendable {
  /// Ascending by slot, one each.
  private(set) var sides: [Side] = []

  /// More sides than this are not kept: they would only cost.
  static let sideLimit = 12

  /// The values of one field: an interval, and the very values where they are few.
  struct Side: Hashable, Sendable {
    let slot: UInt32
    let low: Int64
    let high: Int64
    /// Ascending; empty where the whole interval is meant.
    let values: [Int64]

    /// More values than this are kept as the interval around them.
    static let valueLimit = 16

    init(slot: UInt32, low: Int64, high: Int64) {
      self.slot = slot
      self.low = low
      self.high = high
      values = []
    }

    /// Nil without values: nothing can hold.
    init?(slot: UInt32, values: [Int64]) {
      guard let low = values.first, let high = values.last else { return nil }
      self.slot = slot
      self.low = low
      self.high = high
      self.values = values.count > 1 && values.count <= Side.valueLimit ? values : []
    }

    /// How many values it names; nil for an interval.
    var valueCount: Int? { low == high ? 1 : values.isEmpty ? nil : values.count }

    func intersection(_ other: Side) -> Side? {
      let low = max(low, other.low)
      let high = min(high, other.high)
      guard low <= high else { return nil }
      if values.isEmpty && other.values.isEmpty { return Side(slot: slot, low: low, high: high) }
      let few = values.isEmpty ? other.values : values
      let kept = few.filter {
        low <= $0 && $0 <= high && (other.values.isEmpty || other.values.contains($0))
      }
      return Side(slot: slot, values: kept)
    }

    func hull(_ other: Side) -> Side {
      if valueCount != nil, other.valueCount != nil {
        let all = Set(allValues).union(other.allValues).sorted()
        if let side = Side(slot: slot, values: all) { return side }
      }
      return Side(slot: slot, low: min(low, other.low), high: max(high, other.high))
    }

    /// The values, where it names any.
    var allValues: [Int64] { low == high ? [low] : values }
  }

  init() {}

  init(_ side: Side) { sides = [side] }

  private init(sides: [Side]) { self.sides = sides }

  /// What both demand; nil if nothing can.
  func intersection(_ other: RouteBox) -> RouteBox? {
    if sides.isEmpty { return other }
    if other.sides.isEmpty { return self }
    var merged: [Side] = []
    merged.reserveCapacity(sides.count + other.sides.count)
    var a = 0
    var b = 0
    while a < sides.count || b < other.sides.count {
      if b == other.sides.count || a < sides.count && sides[a].slot < other.sides[b].slot {
        merged.append(sides[a])
        a += 1
      } else if a == sides.count || other.sides[b].slot < sides[a].slot {
        merged.append(other.sides[b])
        b += 1
      } else {
        guard let side = sides[a].intersection(other.sides[b]) else { return nil }
        merged.append(side)
        a += 1
        b += 1
      }
    }
    return RouteBox(sides: RouteBox.limited(merged))
  }

  /// The smallest box around both.
  func hull(_ other: RouteBox) -> RouteBox {
    var merged: [Side] = []
    for side in sides {
      guard let match = other.sides.first(where: { $0.slot == side.slot }) else { continue }
      merged.append(side.hull(match))
    }
    return RouteBox(sides: merged)
  }

  /// Drops sides past the limit, intervals first.
  private static func limited(_ sides: [Side]) -> [Side] {
    guard sides.count > sideLimit else { return sides }
    var excess = sides.count - sideLimit
    var kept: [Side] = []
    for side in sides {
      if side.valueCount == nil, excess > 0 { excess -= 1 } else { kept.append(side) }
    }
    return Array(kept.prefix(sideLimit))
  }
}
