import PolicyUnits

/// The paired sign-flip test: how likely a mean difference at least as large is if each difference could
/// as well have had the other sign.
package struct SignFlips: Hashable, Sendable {
  /// Two-sided; 1 where nothing differs.
  package let chance: Double
  /// Whether every combination of signs was looked at.
  package let isExact: Bool

  /// With more differences than this, combinations are drawn.
  package static let mostExact = 16
  /// So many of them.
  package static let samples = 20_000
  /// With more than this, the sum is as good as normal.
  private static let mostDrawn = 5_000

  /// The same seed gives the same figure.
  ///
  /// O(2^16), or O(values × samples).
  package init(_ differences: [Int64], seed: UInt64) {
    let values = differences.filter { $0 != 0 }.map { Int128($0) }
    let observed = abs(values.reduce(0, +))
    guard !values.isEmpty else {
      (chance, isExact) = (1, true)
      return
    }
    if values.count <= Self.mostExact {
      (chance, isExact) = (Self.exact(values, observed), true)
      return
    }
    isExact = false
    guard values.count <= Self.mostDrawn else {
      let spread = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      chance = NormalTail.twoSided(Double(observed) / spread)
      return
    }
    var dice = Dice(seed: seed)
    var extreme = 0
    for _ in 0..<Self.samples {
      var sum: Int128 = 0
      var bits: UInt64 = 0
      for (index, value) in values.enumerated() {
        if index % 64 == 0 { bits = dice.next() }
        sum += bits & 1 == 0 ? value : -value
        bits >>= 1
      }
      if abs(sum) >= observed { extreme += 1 }
    }
    // What was observed is one of the combinations: the figure is never 0.
    chance = Double(extreme + 1) / Double(Self.samples + 1)
  }

  private static func exact(_ values: [Int128], _ observed: Int128) -> Double {
    let count = 1 << values.count
    var extreme = 0
    for signs in 0..<count {
      var sum: Int128 = 0
      for (index, value) in values.enumerated() {
        sum += signs >> index & 1 == 0 ? value : -value
      }
      if abs(sum) >= observed { extreme += 1 }
    }
    return Double(extreme) / Double(count)
  }
}
