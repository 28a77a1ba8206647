/// How wide a text can become: never less than what a viewer draws with any common fixed-width font.
///
/// No font is at hand and none is assumed. Fixed-width fonts advance by 0.55 to 0.618 em, so Latin
/// text is measured with 0.62. What such a font lacks is drawn by another one: ideographs are one em,
/// emoji up to 1.4. Other scripts are taken to be as wide as ideographs, which is more than most are;
/// ``isCertain(_:)`` says where that is a guess, and a format can cut off what leaves its box.
package enum Lettering {
  /// Lines in a box.
  package static let lineSize = 12
  package static let titleSize = 13
  package static let labelSize = 11

  /// Pixels, rounded up.
  ///
  /// O(length).
  package static func width(_ text: String, size: Int) -> Int {
    var hundredths = 0
    for scalar in text.unicodeScalars { hundredths += advance(of: scalar) }
    return (hundredths * size + 99) / 100
  }

  /// Whether the width is known for every character.
  package static func isCertain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      isAlphabetic(scalar) || isIdeograph(scalar) || scalar.properties.isEmojiPresentation
    }
  }

  /// In hundredths of an em.
  private static func advance(of scalar: Unicode.Scalar) -> Int {
    if isAlphabetic(scalar) { return 62 }
    if [.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory) {
      return 0
    }
    return scalar.properties.isEmoji || scalar.value >= 0x1F000 ? 140 : 105
  }

  /// ASCII, Latin, Greek and Cyrillic letters and the punctuation every fixed-width font has.
  private static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0x250, 0x386...0x3CE, 0x400...0x45F, 0x2013...0x2014, 0x2018...0x201E,
      0x2026:
      true
    default: false
    }
  }

  /// Chinese, Japanese and Korean, which are one em wide wherever they are drawn.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3000...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60: true
    default: false
    }
  }
}

// MARK: Proportional fonts

extension Lettering {
  /// Pixels in a font of the system: no common one is wider.
  ///
  /// O(length).
  package static func sansWidth(_ text: String, size: Double) -> Double {
    var hundredths = 0
    for scalar in text.unicodeScalars { hundredths += sansAdvance(of: scalar) }
    return Double(hundredths) * size / 100
  }

  /// The text, or as much of it as fits with `…` behind it.
  ///
  /// O(length of what fits).
  static func sansShortened(_ text: String, room: Double, size: Double) -> String {
    let limit = Int(min(max(room / size * 100, 0), 1_000_000))
    var hundredths = 0
    // What fits even with `…` behind it.
    var head = text.startIndex
    for index in text.indices {
      let advance = text[index].unicodeScalars.reduce(0) { $0 + sansAdvance(of: $1) }
      hundredths += advance
      if hundredths > limit { return String(text[..<head]) + "…" }
      if hundredths + 100 <= limit { head = text.index(after: index) }
    }
    return text
  }

  private static func sansAdvance(of scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "m", "w", "M", "W", "@", "%", "—", "…", "→": 100
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "(", ")": 40
    case "A"..."Z": 79
    // What a page cannot show is drawn as U+FFFD.
    default: PageText.isFit(scalar) ? max(65, advance(of: scalar)) : 105
    }
  }
}
