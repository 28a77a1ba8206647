/// Whole amounts shared out so that nothing is left and nothing is made up.
package enum Split {
  /// An amount by weights, by largest remainder; the earlier first where remainders are equal.
  ///
  /// Weights of nothing at all are equal ones. With `caps` no part is above its own, as long as all of
  /// them together cover the amount.
  package static func of(
    _ amount: Int64, by weights: [Int128], atMost caps: [Int64]? = nil
  ) -> [Int64] {
    guard !weights.isEmpty, amount > 0 else { return weights.map { _ in 0 } }
    guard let caps, caps.reduce(Int128(0), { $0 + Int128(max(0, $1)) }) >= Int128(amount) else {
      return shares(of: amount, by: weights, among: Array(weights.indices), count: weights.count)
    }
    var given = [Int64](repeating: 0, count: weights.count)
    var open = Array(weights.indices)
    var left = amount
    while left > 0 {
      let wished = shares(of: left, by: weights, among: open, count: weights.count)
      let full = open.filter { wished[$0] >= caps[$0] && wished[$0] > 0 }
      guard full.contains(where: { wished[$0] > caps[$0] }) else {
        for place in open { given[place] = wished[place] }
        return given
      }
      for place in full {
        given[place] = max(0, caps[place])
        left -= given[place]
      }
      open.removeAll(where: full.contains)
    }
    return given
  }

  private static func shares(
    of amount: Int64, by weights: [Int128], among open: [Int], count: Int
  ) -> [Int64] {
    var given = [Int64](repeating: 0, count: count)
    let scaled = scale(open.map { max(0, weights[$0]) })
    let sum = scaled.reduce(Int128(0), +)
    var left = amount
    var rests: [(rest: Int128, place: Int)] = []
    rests.reserveCapacity(open.count)
    for (place, weight) in zip(open, scaled) {
      let (whole, rest) = (Int128(amount) * weight).quotientAndRemainder(dividingBy: sum)
      given[place] = Int64(clamping: whole)
      left -= given[place]
      rests.append((rest, place))
    }
    rests.sort { $0.rest != $1.rest ? $0.rest > $1.rest : $0.place < $1.place }
    for (_, place) in rests.prefix(Int(clamping: left)) { given[place] += 1 }
    return given
  }

  /// The same proportions in numbers small enough to be multiplied; ones if all are zero.
  private static func scale(_ weights: [Int128]) -> [Int128] {
    guard let most = weights.max(), most > 0 else { return weights.map { _ in 1 } }
    var shift: Int128 = 0
    while most >> shift >= 1 << 50 { shift += 1 }
    return weights.map { $0 >> shift }
  }

  /// A table of whole numbers with these sums of rows and columns, each row nearly in the proportions
  /// of all; nil unless both add up to the same, or where they are too large.
  package static func table(rows: [Int128], columns: [Int128]) -> [[Int128]]? {
    var left = columns
    var sum = left.reduce(Int128(0), +)
    guard sum == rows.reduce(0, +), sum < 1 << 62, (rows + columns).allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    return rows.map { row in
      guard sum > 0 else { return left.map { _ in 0 } }
      var given = left.map { $0 * row / sum }
      var missing = row - given.reduce(0, +)
      for place in given.indices where missing > 0 {
        let more = min(missing, left[place] - given[place])
        given[place] += more
        missing -= more
      }
      for place in left.indices { left[place] -= given[place] }
      sum -= row
      return given
    }
  }
}
