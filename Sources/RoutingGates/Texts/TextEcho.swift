import PolicyGraph

/// What an answer takes over from the request, by words alone.
package enum TextEcho {
  /// The run of words that counts as taken from a text.
  package static let run = 5

  /// Whether an answer has ``run`` words in a row from the context, whatever the case and the marks
  /// between them.
  ///
  /// A request without context cannot be cited. O(words of both).
  package static func cites(_ context: String, in answer: String) -> Bool {
    cites(context, in: TextWords.of(answer).words)
  }

  private static func cites(_ context: String, in words: [String]) -> Bool {
    let source = TextWords.of(context).words
    guard source.count >= run, words.count >= run else { return false }
    var runs = Set<ArraySlice<String>>()
    for start in 0...(source.count - run) { runs.insert(source[start..<(start + run)]) }
    return (0...(words.count - run)).contains { runs.contains(words[$0..<($0 + run)]) }
  }

  /// The same of the beginning of an answer: unknown while what follows may decide it.
  ///
  /// A last word that may still grow does not count.
  static func citesSoFar(_ context: String, in start: String) -> Truth {
    let words = TextWords.of(start).withoutLast.words
    if TextWords.of(context).words.count < run { return .no }
    return cites(context, in: words) ? .yes : .unknown
  }

  /// Whether an answer says little but the question over again.
  ///
  /// It has at least three words, and at most one in ten of them is not in the question.
  package static func repeats(_ question: String, in answer: String) -> Bool {
    let words = TextWords.of(answer).words
    guard words.count >= 3 else { return false }
    let asked = Set(TextWords.of(question).words)
    let own = words.count { !asked.contains($0) }
    return own * 10 <= words.count
  }
}
