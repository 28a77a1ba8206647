/// What an answer takes over from the request, by words alone.
package enum TextEcho {
  /// The run of words that counts as taken from a text.
  package static let run = 5

  /// Whether an answer has ``run`` words in a row from the context, whatever the case and the marks
  /// between them.
  ///
  /// A request without context cannot be cited. O(words of both).
  package static func cites(_ context: String, in answer: String) -> Bool {
    let source = TextWords.of(context).words
    let words = TextWords.of(answer).words
    guard source.count >= run, words.count >= run else { return false }
    var runs = Set<ArraySlice<String>>()
    for start in 0...(source.count - run) { runs.insert(source[start..<(start + run)]) }
    return (0...(words.count - run)).contains { runs.contains(words[$0..<($0 + run)]) }
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
