/// The three sentences of the system text that share the most words with the question, in their order;
/// a word counts the more the fewer sentences have it.
///
/// So an answer depends on what the prompt says, and two prompts can be compared.
struct ReadAnswer {
  private let call: ChatCall

  init(_ call: ChatCall) { self.call = call }

  /// Nil if there is no system text.
  var text: String? {
    let system = call.messages.filter { $0.role == "system" || $0.role == "developer" }
    let sentences = system.flatMap { Self.sentences(of: $0.text) }
    let wanted = Self.words(of: call.question[...])
    let words = sentences.map { Self.words(of: $0).intersection(wanted) }
    let weights = Dictionary(
      uniqueKeysWithValues: wanted.map { word in
        (word, 1000 / max(1, words.count { $0.contains(word) }))
      })
    let scored = words.enumerated().map { place, words in
      (place: place, score: words.reduce(0) { $0 + (weights[$1] ?? 0) })
    }
    let best = scored.filter { $0.score > 0 }
      .sorted { ($1.score, $0.place) < ($0.score, $1.place) }.prefix(3).map(\.place).sorted()
    guard !best.isEmpty else { return nil }
    return best.map { String(sentences[$0]) }.joined(separator: " ")
  }

  /// Lines, cut behind a full stop, a semicolon or a colon before a blank.
  private static func sentences(of text: String) -> [Substring] {
    text.split(separator: "\n").flatMap { line -> [Substring] in
      var found: [Substring] = []
      var start = line.startIndex
      for place in line.indices where line[place].isWhitespace && place > start {
        guard ".;?!".contains(line[line.index(before: place)]) else { continue }
        found.append(line[start..<place])
        start = line.index(after: place)
      }
      return found + [line[start...]]
    }.filter { !$0.isEmpty }
  }

  /// Words of three letters and more, in small letters, without the `s` at their end.
  private static func words(of text: Substring) -> Set<String> {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return Set(
      words.filter { $0.count >= 3 || $0.contains(where: \.isNumber) }.map { word in
        word.count > 3 && word.last == "s" ? String(word.dropLast()) : String(word)
      })
  }
}
