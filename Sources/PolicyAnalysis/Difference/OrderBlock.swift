/// Declarations two policies have in another order, as few together as can be.
///
/// `a b c d` and `b a d c` are two blocks: nothing of one has changed its place to anything of the
/// other.
struct OrderBlock: Equatable {
  let old: [String]
  let new: [String]

  /// Of the names both have; O(n).
  static func blocks(_ old: [String], _ new: [String]) -> [OrderBlock] {
    var places: [String: Int] = [:]
    let (inOld, inNew) = (Set(old), Set(new))
    let after = new.filter(inOld.contains)
    for (place, name) in after.enumerated() { places[name] = place }
    let before = old.filter(inNew.contains)
    var blocks: [OrderBlock] = []
    var (start, furthest) = (0, 0)
    for (index, name) in before.enumerated() {
      furthest = max(furthest, places[name] ?? index)
      guard furthest == index else { continue }
      if index > start {
        blocks.append(
          OrderBlock(old: Array(before[start...index]), new: Array(after[start...index])))
      }
      start = index + 1
    }
    return blocks
  }

  /// The pairs that stand the other way round, as the old policy has them.
  var turned: [(first: String, second: String)] {
    old.indices.flatMap { index in
      old[(index + 1)...].filter { isBefore($0, old[index]) }.map { (old[index], $0) }
    }
  }

  private func isBefore(_ name: String, _ other: String) -> Bool {
    (new.firstIndex(of: name) ?? 0) < (new.firstIndex(of: other) ?? 0)
  }

  /// `fact plan before fact region`.
  func words(_ names: [String], of kind: String? = nil) -> String {
    names.map { name in kind.map { "\($0) \(name)" } ?? name }.joined(separator: " before ")
  }
}
