/// How the cost spreads over requests: from the dearest to the cheapest.
///
/// Requests are counted by their cost to six parts in a hundred; what the requests of one count cost is
/// summed exactly. Memory: about a thousand counts, whatever the log.
struct CostCurve: Sendable {
  private var counts: [Int64] = []
  private var sums: [Int128] = []

  mutating func add(_ nanos: Int64) {
    let place = Self.place(of: nanos)
    while counts.count <= place {
      counts.append(0)
      sums.append(0)
    }
    counts[place] += 1
    sums[place] += Int128(nanos)
  }

  /// The power of two, and the four bits behind it.
  private static func place(of nanos: Int64) -> Int {
    guard nanos > 15 else { return Int(max(0, nanos)) }
    let power = 63 - nanos.leadingZeroBitCount
    return (power - 3) * 16 + Int(nanos >> (power - 4)) & 15
  }

  /// Requests and their cost added up, the dearest first; the last point is all of them.
  var points: [(requests: Int64, cost: Int128)] {
    var points: [(requests: Int64, cost: Int128)] = []
    var (requests, cost) = (Int64(0), Int128(0))
    for place in counts.indices.reversed() where counts[place] > 0 {
      requests += counts[place]
      cost += sums[place]
      points.append((requests, cost))
    }
    return points
  }
}
