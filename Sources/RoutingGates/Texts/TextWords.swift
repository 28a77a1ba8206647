/// A text as its words in lower case: letters and digits, nothing else.
///
/// An apostrophe inside a word is kept and always straight; a scalar of a script written without
/// spaces (Han, kana, Thai and the like) is a word of its own.
package struct TextWords: Hashable, Sendable {
  package let words: [String]

  package static func of(_ text: some StringProtocol, first limit: Int = .max) -> TextWords {
    var words: [String] = []
    var word = ""
    var seen = 0
    func close(_ words: inout [String], _ word: inout String) {
      while word.last == "'" { word.removeLast() }
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for scalar in text.unicodeScalars {
      if seen == 0, scalar.properties.isWhitespace { continue }
      if seen == limit { break }
      seen += 1
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        if isUnspaced(scalar) {
          close(&words, &word)
          words.append(String(scalar))
        } else {
          word += scalar.properties.lowercaseMapping
        }
      } else if scalar.properties.canonicalCombiningClass != .notReordered {
        word.unicodeScalars.append(scalar)
      } else if scalar == "'" || scalar == "\u{2019}", !word.isEmpty {
        word += "'"
      } else {
        close(&words, &word)
      }
    }
    close(&words, &word)
    return TextWords(words: words)
  }

  /// All but the last word, which may still be growing.
  var withoutLast: TextWords { TextWords(words: words.dropLast()) }

  /// Whether the other's words stand here side by side.
  package func contains(_ other: TextWords) -> Bool {
    guard let first = other.words.first else { return false }
    let last = words.count - other.words.count
    guard last >= 0 else { return false }
    for start in 0...last where words[start] == first {
      if words[start..<(start + other.words.count)].elementsEqual(other.words) { return true }
    }
    return false
  }

  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
      true
    default: false
    }
  }
}
