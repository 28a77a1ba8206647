/// When a running answer repeats itself.
///
/// Its end is the same piece over and over: at least four times side by side and at least 200 bytes in
/// all, of at most 1,000 bytes each and with a letter or a digit in it. Rules, blank lines and the
/// like are none.
package enum RepeatRule {
  package static let copies = 4
  package static let least = 200
  package static let longest = 1_000

  /// O(bytes of the last ``copies`` × ``longest``) where nothing repeats.
  package static func holds(_ text: [UInt8]) -> Bool {
    let most = min(longest, text.count / copies)
    guard most > 0, text.count >= least else { return false }
    return (1...most).contains { repeats(text, $0) }
  }

  private static func repeats(_ text: [UInt8], _ unit: Int) -> Bool {
    let first = text.count - max(copies * unit, least)
    guard first >= 0 else { return false }
    var place = text.count - 1
    while place >= first + unit {
      if text[place] != text[place - unit] { return false }
      place -= 1
    }
    return text[(text.count - unit)...].contains(where: isWord)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default: false
    }
  }
}
