import Foundation
import TextPatterns

/// Texts and tests that like to meet: made of few pieces, from a seed.
struct GeneratedText {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  private static let pieces = [
    "a", "b", "ab", "aba", "i", "ss", "ß", "ẞ", "S", "A", "Ab", "I", "İ", "ı", "i\u{307}", "é",
    "e\u{301}", "É", "e", "σ", "ς", "Σ", "ᾴ", "\u{345}", "\u{301}", "\u{323}", "\u{307}", "ﬁ", "fi",
    " ", " ", " ", "  ", "\n", "\t", "\u{A0}", "\u{3000}", ".", "+", "_", "-", "1", "²", "९", "’",
    "中", "文", "か", "が", "\u{3099}", "ไ", "ท", "ี", "က", "한", "하", "\u{11AB}", "Å", "\u{212B}",
    "K", "\u{212A}", "🙂", "❤\u{FE0F}", "я", "Я", "ё", "е\u{308}", "\u{1F1E9}",
  ]

  mutating func number(below limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int((state >> 11) % UInt64(limit))
  }

  mutating func text(pieces count: Int) -> String {
    (0..<count).map { _ in Self.pieces[number(below: Self.pieces.count)] }.joined()
  }

  /// A text that holds some of the words, spelled otherwise now and then.
  mutating func text(around words: [String]) -> String {
    var text = self.text(pieces: number(below: 5))
    for _ in 0..<number(below: 4) {
      let word = words[number(below: words.count)]
      text += number(below: 3) == 0 ? "" : " "
      switch number(below: 6) {
      case 0: text += word.uppercased()
      case 1: text += word.decomposedStringWithCanonicalMapping
      case 2: text += word.precomposedStringWithCanonicalMapping
      case 3: text += word.replacing(" ", with: "\n\t ")
      default: text += word
      }
      text += number(below: 3) == 0 ? self.text(pieces: 1 + number(below: 2)) : " "
    }
    // Long texts cross the blocks that are scanned at once.
    if number(below: 8) == 0 { text = String(repeating: "x y ", count: number(below: 40)) + text }
    return text
  }

  mutating func pattern() -> TextPattern {
    let words = (0..<1 + number(below: 3)).map { _ in visible() }
    switch number(below: 8) {
    case 0: return .contains(words)
    case 1: return .startsWith(words[0])
    case 2: return .matches("\\Q" + words[0].replacing("\\", with: "") + "\\E")
    default: return .mentions(words)
    }
  }

  private mutating func visible() -> String {
    while true {
      let word = text(pieces: 1 + number(below: 4))
      if !word.allSatisfy(\.isWhitespace) { return word }
    }
  }
}

extension TextPattern {
  var words: [String] {
    switch self {
    case .mentions(let words), .contains(let words): words
    case .startsWith(let word): [word]
    case .matches(let pattern):
      // Bytes, because a mark that follows would be one character with the quote's letter.
      [String(decoding: pattern.utf8.dropFirst(2).dropLast(2), as: UTF8.self)]
    case .has: []
    }
  }
}
