import PolicyUnits

/// Weights as shares of a hundred.
enum Shares {
  /// Shares in millionths that are the weights' as near as can be and make exactly one whole; none
  /// is zero.
  ///
  /// Weights are from 1, and at most a thousand of them.
  static func of(_ weights: [Int64]) -> [Share] {
    let whole = Int128(Share.whole.millionths)
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard sum > 0 else { return [] }
    var parts = weights.map { Int64(max(1, whole * Int128($0) / sum)) }
    var rest = Share.whole.millionths - parts.reduce(0, +)
    // What rounding left over goes to those who lost most by it; what it took, back from the largest.
    let order = weights.indices.sorted { a, b in
      let (left, right) = (whole * Int128(weights[a]) % sum, whole * Int128(weights[b]) % sum)
      return left == right ? a < b : left > right
    }
    for index in order where rest > 0 {
      parts[index] += 1
      rest -= 1
    }
    while rest < 0, let largest = parts.indices.max(by: { parts[$0] < parts[$1] }) {
      parts[largest] -= 1
      rest += 1
    }
    return parts.map { Share(millionths: $0) }
  }

  /// Weights divided by all they have in common.
  static func reduced(_ weights: [Int64]) -> [Int64] {
    let common = weights.reduce(Int64(0)) { divisor(max($0, $1), min($0, $1)) }
    return common > 1 ? weights.map { $0 / common } : weights
  }

  private static func divisor(_ a: Int64, _ b: Int64) -> Int64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
