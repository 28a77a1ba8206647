/// A digit at the start of a word.
enum NumberRule {
  /// The first bytes of the decimal digits of other scripts: Arabic, Indian, Thai to Tibetan,
  /// full width.
  static let leadBytes: [UInt8] = [0xD9, 0xDB, 0xDF, 0xE0, 0xEF]

  static func match(_ text: TextBytes, at offset: Int) -> Range<Int>? {
    let count = digit(text, at: offset)
    guard count > 0, WordRules.mayStart(at: offset, in: text) else { return nil }
    var end = offset + count
    while end - offset < 40, digit(text, at: end) > 0 {
      end += digit(text, at: end)
    }
    return offset..<end
  }

  /// The bytes of the decimal digit at an offset; 0 if there is none.
  private static func digit(_ text: TextBytes, at offset: Int) -> Int {
    guard offset < text.count else { return 0 }
    let first = text[offset]
    if first < 0x80 { return ASCII.isDigit(first) ? 1 : 0 }
    guard leadBytes.contains(first) else { return 0 }
    let scalar = UTF8Scalar(text, at: offset)
    let isDigit =
      switch scalar.value {
      case 0x660...0x669, 0x6F0...0x6F9, 0x7C0...0x7C9, 0xFF10...0xFF19: true
      // From Devanagari to Malayalam the digits stand at the same place of each block.
      case 0x966...0xD6F: (0x66...0x6F).contains(scalar.value & 0x7F)
      case 0xE50...0xE59, 0xED0...0xED9, 0xF20...0xF29: true
      default: false
      }
    return isDigit ? scalar.count : 0
  }
}

/// Digits in groups, as phone and card numbers are written; at most 40 bytes are looked at.
struct DigitGroups {
  /// The number of digits of each group.
  private(set) var counts: [Int] = []
  /// The byte that separates each group from the next; a space yields to what stands beside it.
  private(set) var separators: [UInt8] = []
  private(set) var digits: [UInt8] = []
  private(set) var hasParentheses = false
  private(set) var end: Int

  /// Reads groups from an offset, as long as at most `gap` of the separators stand between them.
  init(_ text: TextBytes, from start: Int, separators allowed: StaticString, gap: Int) {
    var offset = start
    end = start
    counts.reserveCapacity(8)
    var separator: UInt8 = 0
    while offset - start < 40 {
      var skipped = 0
      var next = offset
      while skipped < gap, ASCII.isOne(of: allowed, text[next]) {
        let mark = text[next]
        if mark == UInt8(ascii: "(") || mark == UInt8(ascii: ")") { hasParentheses = true }
        if separator == 0 || separator == 0x20 { separator = mark }
        next += 1
        skipped += 1
      }
      guard ASCII.isDigit(text[next]), skipped > 0 || counts.isEmpty else { break }
      if !counts.isEmpty { separators.append(separator) }
      separator = 0
      let groupStart = next
      while ASCII.isDigit(text[next]), next - start < 40 {
        digits.append(text[next] &- 0x30)
        next += 1
      }
      counts.append(next - groupStart)
      offset = next
      end = next
    }
  }
}
