import JSONReading

/// One of several words an answer must choose.
///
/// The answer chooses the word it begins with, else the only one of them that stands in it. Upper and
/// lower case are told apart.
struct StatedChoice: Hashable, Sendable {
  private let wanted: String
  private let words: [String]

  /// `{"is": "B", "of": ["A", "B", "C"]}`.
  init(_ json: JSONValue, _ name: String) throws(EvaluationProblem) {
    let words = json["of"]?.elements.compactMap(\.string) ?? []
    guard json.kind == .object, let wanted = json["is"]?.string, words.contains(wanted),
      words.count > 1, Set(words).count == words.count, words.allSatisfy({ !$0.isEmpty })
    else {
      throw EvaluationProblem(
        "\(name): `choice` takes {\"is\": \"B\", \"of\": [\"A\", \"B\"]}, where `is` is one of `of`"
      )
    }
    self.wanted = wanted
    self.words = words
  }

  func holds(of answer: String) -> Bool {
    let text = Array(answer.utf8)
    let start = text.firstIndex { $0 >= 0x80 || $0.isDigit || $0.isLetter } ?? text.count
    let first = words.filter { stands($0, at: start, in: text) }.max { $0.count < $1.count }
    if let first { return first == wanted }
    let found = words.filter { word in
      text.indices.contains { stands(word, at: $0, in: text) }
    }
    return found == [wanted]
  }

  /// As a whole word.
  private func stands(_ word: String, at start: Int, in text: [UInt8]) -> Bool {
    let bytes = Array(word.utf8)
    let end = start + bytes.count
    guard end <= text.count, text[start..<end].elementsEqual(bytes) else { return false }
    let isInside = { (byte: UInt8) in byte >= 0x80 || byte.isDigit || byte.isLetter }
    return !(start > 0 && isInside(text[start - 1])) && !(end < text.count && isInside(text[end]))
  }
}
