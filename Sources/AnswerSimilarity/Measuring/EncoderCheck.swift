/// Whether vectors can be what an encoder says of texts.
package enum EncoderProblem: Error, Hashable, Sendable {
  case noNumbers(text: String)
  case zero(text: String)
  /// The lengths of two vectors differ.
  case lengths(Int, Int, text: String)
  /// One vector for texts of other words: how many of how many.
  case constant(Int, of: Int)
  /// The same text again gave another vector; the cosine of the two.
  case changing(text: String, similarity: Double)

  package var description: String {
    switch self {
    case .noNumbers(let text): "its vector of \(Self.shown(text)) holds what is no finite number"
    case .zero(let text): "its vector of \(Self.shown(text)) is zero"
    case .lengths(let one, let other, let text):
      "its vectors have \(one) numbers, that of \(Self.shown(text)) has \(other)"
    case .constant(let count, let all):
      "it gives one vector to texts of different words: \(count) of \(all) texts share one"
    case .changing(let text, let similarity):
      "asked twice for \(Self.shown(text)), it gives two vectors, \(Self.decimal(similarity)) alike"
    }
  }

  private static func shown(_ text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return "`" + (line.count > 60 ? line.prefix(60) + "…" : line[...]) + "`"
  }

  private static func decimal(_ value: Double) -> String {
    "\((value * 10_000).rounded() / 10_000)"
  }
}

package enum EncoderCheck {
  /// The first thing wrong with the vectors of texts that are all different; nil if nothing is.
  ///
  /// Texts that differ in case, punctuation or order of words may share a vector. Linear.
  package static func problem(_ texts: [String], _ vectors: [[Float]]) -> EncoderProblem? {
    for (text, vector) in zip(texts, vectors) {
      if let first = vectors.first, vector.count != first.count {
        return .lengths(first.count, vector.count, text: text)
      }
      guard vector.allSatisfy(\.isFinite) else { return .noNumbers(text: text) }
      guard !vector.isEmpty, vector.contains(where: { $0 != 0 }) else { return .zero(text: text) }
    }
    var words: [[Float]: Set<[String]>] = [:]
    for (text, vector) in zip(texts, vectors) { words[vector, default: []].insert(bag(text)) }
    let sharing = words.values.filter { $0.count > 1 }.reduce(0) { $0 + $1.count }
    let all = words.values.reduce(0) { $0 + $1.count }
    // One of ten: an encoder may drop signs it does not know, and some texts are little else.
    return sharing * 10 > all && all > 1 ? .constant(sharing, of: all) : nil
  }

  /// The same text, asked again.
  package static func problem(
    _ text: String, _ vector: [Float], again: [Float]
  ) -> EncoderProblem? {
    if let problem = problem([text], [again]) { return problem }
    guard vector.count == again.count else {
      return .lengths(vector.count, again.count, text: text)
    }
    let similarity = Cosine.of(vector, again)
    return similarity < 0.9999 ? .changing(text: text, similarity: similarity) : nil
  }

  private static func bag(_ text: String) -> [String] {
    text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
      .sorted()
  }
}
