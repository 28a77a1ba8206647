/// Keys and passwords, by the shape their issuers gave them or by a name that assigns them.
enum SecretRule {
  /// One byte of each shape that is rare in prose.
  static let triggers = Array("-_KIJz=:".utf8)

  private struct Shape {
    let prefix: StaticString
    /// Where in the prefix the trigger stands.
    let trigger: Int
    let least: Int
    let alphabet: Alphabet
  }

  private enum Alphabet { case upper, alphanumeric, base64URL }

  private static let shapes: [Shape] = [
    Shape(prefix: "sk-", trigger: 2, least: 20, alphabet: .base64URL),
    Shape(prefix: "glpat-", trigger: 5, least: 20, alphabet: .base64URL),
    Shape(prefix: "xoxb-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "xoxp-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "xoxa-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "xoxo-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "xoxr-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "xoxs-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "xapp-", trigger: 4, least: 10, alphabet: .base64URL),
    Shape(prefix: "ghp_", trigger: 3, least: 36, alphabet: .alphanumeric),
    Shape(prefix: "gho_", trigger: 3, least: 36, alphabet: .alphanumeric),
    Shape(prefix: "ghu_", trigger: 3, least: 36, alphabet: .alphanumeric),
    Shape(prefix: "ghs_", trigger: 3, least: 36, alphabet: .alphanumeric),
    Shape(prefix: "ghr_", trigger: 3, least: 36, alphabet: .alphanumeric),
    Shape(prefix: "github_pat_", trigger: 6, least: 22, alphabet: .alphanumeric),
    Shape(prefix: "sk_live_", trigger: 2, least: 16, alphabet: .alphanumeric),
    Shape(prefix: "sk_test_", trigger: 2, least: 16, alphabet: .alphanumeric),
    Shape(prefix: "rk_live_", trigger: 2, least: 16, alphabet: .alphanumeric),
    Shape(prefix: "rk_test_", trigger: 2, least: 16, alphabet: .alphanumeric),
    Shape(prefix: "hf_", trigger: 2, least: 30, alphabet: .alphanumeric),
    Shape(prefix: "npm_", trigger: 3, least: 36, alphabet: .alphanumeric),
    Shape(prefix: "AKIA", trigger: 1, least: 16, alphabet: .upper),
    Shape(prefix: "ASIA", trigger: 2, least: 16, alphabet: .upper),
    Shape(prefix: "AIza", trigger: 2, least: 35, alphabet: .base64URL),
  ]

  static func match(_ text: TextBytes, at offset: Int) -> Range<Int>? {
    switch text[offset] {
    case UInt8(ascii: "J"): return webToken(text, at: offset - 2)
    case UInt8(ascii: "="), UInt8(ascii: ":"): return SecretAssignment.match(text, at: offset)
    case UInt8(ascii: "-"):
      if let range = privateKey(text, at: offset) { return range }
    default: break
    }
    for shape in shapes where text[offset] == shape.prefix.byte(at: shape.trigger) {
      if let range = match(shape, text, at: offset - shape.trigger) { return range }
    }
    return nil
  }

  private static func match(
    _ shape: Shape, _ text: TextBytes, at start: Int
  ) -> Range<Int>? {
    guard text.stands(shape.prefix, at: start),
      !isKeyByte(text[start - 1], .alphanumeric)
    else { return nil }
    let body = start + shape.prefix.utf8CodeUnitCount
    var end = body
    while end - body < 256, isKeyByte(text[end], shape.alphabet) { end += 1 }
    let isWhole = shape.alphabet != .upper || !ASCII.isAlphanumeric(text[end])
    guard end - body >= shape.least, isWhole, isVaried(text, body..<end) else { return nil }
    return start..<end
  }

  /// At least five different bytes: `sk-xxxxxxxxxxxxxxxxxxxxxxxx` is a placeholder.
  private static func isVaried(
    _ text: TextBytes, _ range: Range<Int>
  ) -> Bool {
    var seen: (low: UInt64, high: UInt64) = (0, 0)
    for offset in range {
      let value = text[offset] & 0x7F
      if value < 64 { seen.low |= 1 << UInt64(value) } else { seen.high |= 1 << UInt64(value - 64) }
    }
    return seen.low.nonzeroBitCount + seen.high.nonzeroBitCount >= 5
  }

  private static func isKeyByte(_ byte: UInt8, _ alphabet: Alphabet) -> Bool {
    switch alphabet {
    case .upper: byte &- 0x41 < 26 || ASCII.isDigit(byte)
    case .alphanumeric: ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    case .base64URL:
      ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
  }

  /// Three parts in base64url, the first two of which begin as a JSON object does.
  private static func webToken(
    _ text: TextBytes, at start: Int
  ) -> Range<Int>? {
    guard text.stands("eyJ", at: start),
      !isKeyByte(text[start - 1], .base64URL)
    else { return nil }
    var end = start
    for part in 0..<3 {
      let partStart = end
      if part == 1, !text.stands("eyJ", at: end) { return nil }
      while isKeyByte(text[end], .base64URL) { end += 1 }
      guard end - partStart >= 8 else { return nil }
      if part < 2 {
        guard text[end] == UInt8(ascii: ".") else { return nil }
        end += 1
      }
    }
    return start..<end
  }

  /// `-----BEGIN … PRIVATE KEY-----`, with at most 30 letters and spaces between.
  private static func privateKey(
    _ text: TextBytes, at start: Int
  ) -> Range<Int>? {
    guard text.stands("-----BEGIN ", at: start) else { return nil }
    for gap in 0...30 {
      let offset = start + 11 + gap
      if text.stands("PRIVATE KEY", at: offset) {
        return start..<offset + 11
      }
    }
    return nil
  }
}
