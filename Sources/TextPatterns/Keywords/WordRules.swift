/// Where a word begins and ends.
///
/// A word character is a letter, mark, number or connector (the underscore). Text of a script
/// written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) has no boundaries to ask for: a
/// keyword of it is found anywhere, and it bounds words of other scripts. Korean is written with
/// spaces, so a keyword must be spelled with its particle.
/// - A keyword whose first character is a word character may not follow one; likewise at its end.
///   `c++` asks for a boundary before the `c` only, `.net` only after the `t`.
/// - No keyword ends before a mark: `e` is not in `é`, however that is spelled.
enum WordRules {
  /// Whether a keyword that begins with a bound word character may begin at an offset.
  static func mayStart(at offset: Int, in text: TextBytes) -> Bool {
    guard offset > 0 else { return true }
    let last = text[offset - 1]
    if last < 0x80 { return !ASCII.isWord(last) }
    return !UnicodeTable.shared[UTF8Scalar.before(offset, in: text).value].isBoundWord
  }

  /// Whether a keyword may end at an offset; `bound` says that its last character is a bound word
  /// character.
  static func mayEnd(at offset: Int, in text: TextBytes, bound: Bool) -> Bool {
    guard offset < text.count else { return true }
    let next = text[offset]
    if next < 0x80 { return !bound || !ASCII.isWord(next) }
    let entry = UnicodeTable.shared[UTF8Scalar(text, at: offset).value]
    return !entry.isMark && !(bound && entry.isBoundWord)
  }

  static func isBoundWord(_ scalar: UInt32) -> Bool {
    scalar < 0x80
      ? ASCII.isWord(UInt8(truncatingIfNeeded: scalar)) : UnicodeTable.shared[scalar].isBoundWord
  }
}
