/// Turns by weight, smoothly: of each `sum of the weights` turns everyone gets as many as its weight,
/// spread out and never at once.
///
/// Everyone's credit grows by its weight, the one with the most has its turn and pays the sum.
package struct WeightedTurns<Name: Hashable & Sendable>: Sendable {
  private var credit: [Name: Int64] = [:]
  /// A weight counts at most this, so that no sum overflows.
  private static var most: Int64 { 1 << 40 }

  package init() {}

  /// The index of the one whose turn it is; nil if there is none.
  ///
  /// A tie goes to the first.
  package mutating func next(_ names: [(name: Name, weight: Int64)]) -> Int? {
    var sum: Int64 = 0
    var best: (index: Int, credit: Int64)?
    for (index, entry) in names.enumerated() {
      let weight = min(max(1, entry.weight), Self.most)
      sum += weight
      let mine = credit[entry.name, default: 0] + weight
      credit[entry.name] = mine
      if best.map({ mine > $0.credit }) ?? true { best = (index, mine) }
    }
    guard let best else { return nil }
    credit[names[best.index].name] = best.credit - sum
    return best.index
  }
}
