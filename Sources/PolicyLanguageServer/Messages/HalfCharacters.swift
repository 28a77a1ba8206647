/// Halves of surrogate pairs in JSON text, as `\ud83d` without what shall follow it.
///
/// No file can hold one, so an editor that saves such a text writes U+FFFD for it. That is one unit of
/// UTF-16 as the half is, and three bytes as the half would be: every place stays where it was.
enum HalfCharacters {
  /// The text with `\ufffd` for each; nil if there is none.
  ///
  /// O(bytes).
  static func replaced(in json: [UInt8]) -> [UInt8]? {
    var text = json
    var hasChanged = false
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      guard let unit = unit(text, at: index) else {
        // Another escape, whose second character may be a backslash.
        index += 2
        continue
      }
      switch unit {
      case 0xD800..<0xDC00:
        if let next = self.unit(text, at: index + 6), (0xDC00..<0xE000).contains(next) {
          index += 12
          continue
        }
      case 0xDC00..<0xE000: break
      default:
        index += 6
        continue
      }
      text.replaceSubrange(index..<(index + 6), with: Array("\\ufffd".utf8))
      hasChanged = true
      index += 6
    }
    return hasChanged ? text : nil
  }

  /// The number of a `\\u` escape at an index.
  private static func unit(_ text: [UInt8], at index: Int) -> UInt16? {
    guard index + 6 <= text.count, text[index] == UInt8(ascii: "\\"),
      text[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt16(String(decoding: text[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
  }
}
