/// Whether a line reads as sentences, so that the width of its gaps says nothing.
enum ProseLine {
  /// Fewer words are a label, a cell, a verse or a move of chess as well.
  private static let leastWords = 6
  /// Letters to a word, on the average of prose.
  private static let leastLetters = 3

  /// Only letters, digits and the marks of sentences, nothing that code or a drawing is made of, and
  /// either the end of a sentence or function words of a language that is known.
  ///
  /// Linear in the line.
  static func reads(_ bytes: [UInt8], _ line: Range<Int>, indent: Int) -> Bool {
    guard indent < 4 else { return false }
    let text = withoutMark(bytes, line)
    guard let first = bytes[text].first, first.isLetter || first >= 0x80 || first == 0x28,
      holdsOnlyWords(bytes, text)
    else { return false }
    let words = TextWords.all(in: bytes, text).filter { !bytes[$0.lowerBound].isDigit }
    let letters = words.reduce(0) { $0 + $1.count }
    guard words.count >= leastWords, letters >= leastLetters * words.count else { return false }
    switch bytes[text.upperBound - 1] {
    case 0x2E, 0x21, 0x3F: return true
    default: break
    }
    let known = words.count { word in
      let kinds = KnownWord.of(bytes, word)
      return ClosedLanguage.allCases.contains { !kinds[$0].isEmpty }
    }
    return known >= 2
  }

  /// Behind the mark of a list: `- `, `3. `.
  private static func withoutMark(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int> {
    var place = line.lowerBound
    while place < line.upperBound, bytes[place].isDigit { place += 1 }
    let isNumbered = place > line.lowerBound
    guard place < line.upperBound else { return line }
    switch bytes[place] {
    case 0x2E, 0x29: guard isNumbered else { return line }
    case 0x2D, 0x2A, 0x2B: guard !isNumbered else { return line }
    default: return line
    }
    guard place + 1 < line.upperBound, bytes[place + 1] == 0x20 else { return line }
    place += 1
    while place < line.upperBound, bytes[place] == 0x20 { place += 1 }
    return place..<line.upperBound
  }

  private static func holdsOnlyWords(_ bytes: [UInt8], _ text: Range<Int>) -> Bool {
    var place = text.lowerBound
    while place < text.upperBound {
      let byte = bytes[place]
      let next = place + 1 < text.upperBound ? bytes[place + 1] : 0x20
      let before = place > text.lowerBound ? bytes[place - 1] : 0x20
      switch byte {
      case 0x20, 0x2C, 0x2E, 0x3B, 0x21, 0x3F, 0x28, 0x29, 0x25, 0x26: break
      // `--force`, `-l`, `://`, `C:\\`, `a/b  c`.
      case 0x2D: guard next != 0x2D, before != 0x20 || next == 0x20 else { return false }
      case 0x3A: guard next == 0x20 else { return false }
      case 0x2F: guard next.isLetter, before.isLetter else { return false }
      case 0x27:
        guard before.isLetter || before >= 0x80, next.isLetter || next >= 0x80 else { return false }
      case let byte where byte.isLetter || byte.isDigit: break
      case let byte where byte >= 0x80:
        let scalar = LenientScalar(bytes, at: place, before: text.upperBound)
        guard !isDrawn(scalar.value) else { return false }
        place += scalar.count
        continue
      default: return false
      }
      place += 1
    }
    return true
  }

  /// Quotes of one mark, arrows, boxes, signs of mathematics, line breaks beyond ASCII.
  private static func isDrawn(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0xA0, 0xD7, 0xF7, 0x2018, 0x201A, 0x201B, 0x2028...0x202F, 0x2039, 0x203A,
      0x2190...0x2BFF, 0x3000...0x3020:
      true
    default: false
    }
  }
}
