package import PolicyUnits

/// How far two answers say the same, by their words alone.
package enum Agreement {
  /// Twice the words both have, over the words of both: 1 for the same words in any order, 0 for none
  /// in common.
  ///
  /// Case and marks do not count; a word that stands twice counts twice. Two JSON texts agree wholly
  /// or not at all: their values are the same, in whatever order their members stand. Two empty
  /// answers do not agree, for nothing was said. O(words of both).
  package static func score(_ first: String, _ second: String) -> Score {
    if let agree = areSameJSON(first, second) { return Score(millionths: agree ? 1_000_000 : 0) }
    let words = TextWords.of(first).words
    let others = TextWords.of(second).words
    guard !words.isEmpty, !others.isEmpty else { return Score(millionths: 0) }
    var left: [String: Int] = [:]
    for word in words { left[word, default: 0] += 1 }
    var common: Int64 = 0
    for word in others where left[word, default: 0] > 0 {
      left[word, default: 0] -= 1
      common += 1
    }
    let all = Int64(words.count) + Int64(others.count)
    return Score(millionths: 2 * common * 1_000_000 / all)
  }

  /// Nil unless both are JSON objects or arrays.
  private static func areSameJSON(_ first: String, _ second: String) -> Bool? {
    guard let a = CanonicalJSON(document: first), let b = CanonicalJSON(document: second) else {
      return nil
    }
    return a == b
  }
}
