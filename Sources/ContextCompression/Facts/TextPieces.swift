/// A text cut into code, quotes and what stands between them.
struct TextPieces {
  struct Piece {
    let kind: Kind
    /// Without the marks around it.
    let text: Substring

    enum Kind { case prose, quote, code }
  }

  /// In order; linear but for the ends of quotes that are looked for in a line.
  static func pieces(of text: String) -> [Piece] {
    var found: [Piece] = []
    var prose = text.startIndex
    var place = text.startIndex
    while place < text.endIndex {
      guard let (kind, inner, end) = span(in: text, at: place) else {
        place = text.index(after: place)
        continue
      }
      if prose < place { found.append(Piece(kind: .prose, text: text[prose..<place])) }
      found.append(Piece(kind: kind, text: text[inner]))
      place = end
      prose = end
    }
    if prose < text.endIndex { found.append(Piece(kind: .prose, text: text[prose...])) }
    return found
  }

  private static let closers: [Character: Character] = [
    "\"": "\"", "“": "”", "„": "“", "«": "»", "「": "」", "`": "`",
  ]

  private static func span(
    in text: String, at place: String.Index
  ) -> (Piece.Kind, Range<String.Index>, String.Index)? {
    let mark = text[place]
    guard let closer = closers[mark] else { return nil }
    if mark == "`", text[place...].hasPrefix("```") {
      let start = text.index(place, offsetBy: 3)
      guard let end = text[start...].firstRange(of: "```") else { return nil }
      return (.code, start..<end.lowerBound, end.upperBound)
    }
    // An inch, a stray mark: a quote begins a word and ends in its line.
    if place > text.startIndex, mark == "\"" {
      let before = text[text.index(before: place)]
      guard before.isWhitespace || "([{:=".contains(before) else { return nil }
    }
    let start = text.index(after: place)
    guard let end = text[start...].firstIndex(where: { $0 == closer || $0.isNewline }),
      text[end] == closer, start < end
    else { return nil }
    return (mark == "`" ? .code : .quote, start..<end, text.index(after: end))
  }
}
