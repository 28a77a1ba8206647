/// SplitMix64: the same seed, the same run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func chance(_ part: Int, in whole: Int) -> Bool { below(whole) < part }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// Some of the elements, at least one and never all, in their order.
  mutating func some<Element>(_ elements: [Element]) -> [Element] {
    guard elements.count > 1 else { return elements }
    let kept = elements.filter { _ in chance(1, in: 2) }
    if kept.isEmpty || kept.count == elements.count { return [pick(elements)] }
    return kept
  }
}
