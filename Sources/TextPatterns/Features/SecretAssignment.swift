/// `api_key = "…"`, `PASSWORD: …`, `Authorization: Bearer …`: a telling name and a value that looks
/// random.
///
/// Random means at least 12 bytes of the base64 alphabet without a break, with a digit and a
/// letter, and no byte more often than a quarter of the time: `password: correct-horse` and
/// `secret = example` pass for words.
enum SecretAssignment {
  private static let names: [StaticString] = [
    "apikey", "secret", "token", "password", "passwd", "pwd", "accesskey", "privatekey",
    "authorization", "credential", "clientkey", "authkey",
  ]

  static func match(_ text: TextBytes, at sign: Int) -> Range<Int>? {
    guard let nameStart = name(text, before: sign) else { return nil }
    var offset = sign + 1
    // `:=`, `=>`, spaces, quotes, and the scheme of an authorization header.
    while offset - sign < 6, ASCII.isOne(of: " =>\"'`\t", text[offset]) { offset += 1 }
    for scheme: StaticString in ["bearer ", "basic "]
    where text.stands(scheme, at: offset, anyCase: true) {
      offset += scheme.utf8CodeUnitCount
    }
    var end = offset
    while end - offset < 256, isValue(text[end]) { end += 1 }
    return isRandom(text, offset..<end) ? nameStart..<end : nil
  }

  /// The start of the name before the sign if it is a telling one; quotes and spaces may stand
  /// between.
  private static func name(
    _ text: TextBytes, before sign: Int
  ) -> Int? {
    var end = sign
    while sign - end < 4, ASCII.isOne(of: " \"'`:", text[end - 1]) { end -= 1 }
    var start = end
    while end - start < 40, isName(text[start - 1]) { start -= 1 }
    var letters: [UInt8] = []
    for offset in start..<end {
      let byte = text[offset]
      if ASCII.isAlphanumeric(byte) { letters.append(ASCII.folded(byte)) }
    }
    let isTelling = letters.withTextBytes { letters in
      names.contains { name in
        letters.indices.contains { letters.stands(name, at: $0) }
      }
    }
    return isTelling ? start : nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || ASCII.isOne(of: "_-.", byte)
  }

  private static func isValue(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || ASCII.isOne(of: "+/_-=.~", byte)
  }

  private static func isRandom(
    _ text: TextBytes, _ range: Range<Int>
  ) -> Bool {
    guard range.count >= 12 else { return false }
    var counts = [Int](repeating: 0, count: 256)
    var hasDigit = false
    var hasLetter = false
    for offset in range {
      let byte = text[offset]
      counts[Int(byte)] += 1
      hasDigit = hasDigit || ASCII.isDigit(byte)
      hasLetter = hasLetter || ASCII.isLetter(byte)
    }
    return hasDigit && hasLetter && (counts.max() ?? 0) * 4 <= range.count
  }
}
