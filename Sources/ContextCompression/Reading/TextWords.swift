/// The words of a piece of text, by their bytes.
enum TextWords {
  /// Letters, digits, and an apostrophe between letters; of the marks beyond ASCII only that.
  ///
  /// Linear.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let start = place
      while place < range.upperBound, isPart(bytes, place, from: start, to: range.upperBound) {
        place += 1
      }
      if place > start { words.append(start..<place) } else { place += 1 }
    }
    return words
  }

  private static func isPart(
    _ bytes: [UInt8], _ place: Int, from start: Int, to end: Int
  ) -> Bool {
    let byte = bytes[place]
    if byte.isLetter || byte.isDigit { return true }
    if byte == 0x27 { return place > start && place + 1 < end && bytes[place + 1].isLetter }
    guard byte >= 0x80 else { return false }
    guard byte != 0xE2 else {
      return place > start && place + 2 < end && bytes[place + 1] == 0x80
        && bytes[place + 2] == 0x99
    }
    // The dashes, quotes and dots that begin with the same byte are no letters.
    return !(byte < 0xC0 && place == start)
  }
}
