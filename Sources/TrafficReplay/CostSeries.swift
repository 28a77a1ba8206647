/// Amounts that are rounded so that they add up to their rounded sum.
struct CostSeries {
  private var sum = CostSum()
  private(set) var parts: [ReplayCost] = []
  private(set) var whole = ReplayCost.nothing

  var last: ReplayCost { parts.last ?? .nothing }

  mutating func append(_ part: CostSum) {
    sum.add(part)
    let next = sum.cost
    // Where nobody knows one part's, nobody knows the whole; the others keep theirs.
    let expected: Int128? =
      if let now = next.expected, let before = whole.expected {
        now - before
      } else {
        part.cost.expected
      }
    parts.append(
      ReplayCost(
        expected: expected, low: next.low - whole.low, high: next.high - whole.high))
    whole = next
  }
}
