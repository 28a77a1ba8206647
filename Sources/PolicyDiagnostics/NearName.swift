/// Finds the name a user most likely meant: the basis of every "did you mean".
package enum NearName {
  /// The candidate with the smallest edit distance, at most a third of the word's length (at least
  /// one, transpositions count once), ties by written order; nil if none is near.
  ///
  /// O(candidates × word²); words over 64 characters have no near name.
  package static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let limit = max(1, (wanted.count + 1) / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      guard scalars.count <= 80, abs(scalars.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, scalars)
      guard distance <= limit, distance < (best?.distance ?? .max),
        !areOpposites(word.lowercased(), candidate.lowercased())
      else { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// `unhealthy` and `healthy`, `min_tokens` and `max_tokens`: near in letters, and never meant.
  private static func areOpposites(_ a: String, _ b: String) -> Bool {
    if a == b { return false }
    if a.replacing("min", with: "max") == b || a.replacing("max", with: "min") == b { return true }
    let (first, second) = (parts(a), parts(b))
    guard first.count == second.count else { return false }
    return zip(first, second).contains { one, other in
      negations.contains { "\($0)\(one)" == other || "\($0)\(other)" == one }
    }
  }

  private static func parts(_ name: String) -> [Substring] {
    name.split { $0 == "." || $0 == "_" }
  }

  private static let negations = ["un", "no", "non", "not", "in", "dis"]

  /// Optimal string alignment: insert, delete, replace, swap neighbours.
  private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(last[j] + 1, row[j - 1] + 1, replaced)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
