import Foundation
import TextPatterns

/// What the tests of a text mean, written for clearness alone: no automaton, no filter, no tables of
/// ours.
enum ReferenceMatcher {
  static func holds(_ pattern: TextPattern, in text: String) -> Bool {
    switch pattern {
    case .mentions(let words): words.contains { mentions($0, in: text) }
    case .contains(let parts):
      parts.contains { part in
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        return text.indices.contains { text[$0...].starts(with: part) }
      }
    case .startsWith(let prefix): text.utf8.starts(with: prefix.utf8)
    // The generated patterns are quoted texts.
    case .matches: holds(.contains(pattern.words), in: text)
    case .has: false
    }
  }

  private static func mentions(_ word: String, in text: String) -> Bool {
    var word = folded(word)
    if word.first == " " { word.removeFirst() }
    if word.last == " " { word.removeLast() }
    let text = folded(text)
    guard let first = word.first, let last = word.last, text.count >= word.count else {
      return false
    }
    return (0...text.count - word.count).contains { start in
      let end = start + word.count
      guard Array(text[start..<end]) == word else { return false }
      if start > 0, needsBoundary(first), needsBoundary(text[start - 1]) { return false }
      guard end < text.count else { return true }
      return !isMark(text[end]) && !(needsBoundary(last) && needsBoundary(text[end]))
    }
  }

  /// Decomposed, any case, white space as single spaces, and no dot on an i.
  private static func folded(_ text: String) -> [Unicode.Scalar] {
    var scalars = text.decomposedStringWithCanonicalMapping
    for _ in 0..<2 {
      let cased = scalars.unicodeScalars.map {
        String(
          $0.properties.uppercaseMapping.unicodeScalars.flatMap {
            Array($0.properties.lowercaseMapping.unicodeScalars)
          }.reduce(into: String.UnicodeScalarView()) { $0.append($1) })
      }
      scalars = cased.joined().decomposedStringWithCanonicalMapping
    }
    var result: [Unicode.Scalar] = []
    var base: Unicode.Scalar?
    for scalar in scalars.unicodeScalars {
      if scalar.properties.canonicalCombiningClass == .notReordered { base = scalar }
      if scalar == "\u{307}", base == "i" { continue }
      if scalar.properties.isWhitespace {
        if result.last != " " { result.append(" ") }
      } else {
        result.append(scalar == "ς" ? "σ" : scalar == "ı" ? "i" : scalar)
      }
    }
    return result
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if (0xFE00...0xFE0F).contains(scalar.value) { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  /// A word character of a script that is written with spaces.
  private static func needsBoundary(_ scalar: Unicode.Scalar) -> Bool {
    let isWord: Bool
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation:
      isWord = true
    default: isWord = isMark(scalar)
    }
    let spaceless: [ClosedRange<UInt32>] = [
      0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF, 0x4E00...0x9FFF,
    ]
    return isWord && !spaceless.contains { $0.contains(scalar.value) }
  }
}
