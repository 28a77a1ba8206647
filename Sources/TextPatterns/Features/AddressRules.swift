/// `http://host`, `www.example.com`.
enum URLRule {
  static func match(_ text: TextBytes, at offset: Int) -> Range<Int>? {
    text[offset] == UInt8(ascii: ":")
      ? scheme(text, colon: offset) : www(text, dot: offset)
  }

  private static func scheme(
    _ text: TextBytes, colon: Int
  ) -> Range<Int>? {
    guard text.stands("://", at: colon) else { return nil }
    var start = colon
    while colon - start < 5, ASCII.isLetter(text[start - 1]) { start -= 1 }
    let host = colon + 3
    let isKnown =
      switch colon - start {
      case 5: text.stands("https", at: start, anyCase: true)
      case 4: text.stands("http", at: start, anyCase: true)
      case 3:
        text.stands("ftp", at: start, anyCase: true)
          || text.stands("wss", at: start, anyCase: true)
      case 2: text.stands("ws", at: start, anyCase: true)
      default: false
      }
    let first = text[host]
    guard isKnown, !ASCII.isAlphanumeric(text[start - 1]),
      ASCII.isAlphanumeric(first) || first == UInt8(ascii: "[") || first >= 0x80
    else { return nil }
    return start..<end(text, from: host)
  }

  private static func www(_ text: TextBytes, dot: Int) -> Range<Int>? {
    let start = dot - 3
    guard text.stands("www", at: start, anyCase: true),
      !ASCII.isAlphanumeric(text[start - 1])
    else { return nil }
    var offset = dot + 1
    while offset - dot < 64, isHost(text[offset]) { offset += 1 }
    guard offset > dot + 1, text[offset] == UInt8(ascii: "."),
      ASCII.isLetter(text[offset + 1])
    else { return nil }
    return start..<end(text, from: offset)
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte >= 0x80
  }

  /// Up to white space, a quote or a closing bracket, 200 bytes at most.
  private static func end(_ text: TextBytes, from start: Int) -> Int {
    var offset = start
    while offset < text.count, offset - start < 200 {
      let byte = text[offset]
      if byte <= 0x20 || ASCII.isOne(of: "\"'<>)]}`", byte) { break }
      offset += 1
    }
    return offset
  }
}

/// `name@domain.tld`.
enum EmailRule {
  static func match(_ text: TextBytes, at sign: Int) -> Range<Int>? {
    var start = sign
    while sign - start < 64, isLocal(text[start - 1]) { start -= 1 }
    while start < sign, text[start] == UInt8(ascii: ".") { start += 1 }
    guard start < sign, text[sign - 1] != UInt8(ascii: ".") else { return nil }

    var offset = sign + 1
    var labelStart = offset
    var end: Int?
    while offset - sign <= 254 {
      let current = text[offset]
      if ASCII.isAlphanumeric(current) || current == UInt8(ascii: "-") {
        offset += 1
        continue
      }
      let label = labelStart..<offset
      guard !label.isEmpty, text[label.lowerBound] != UInt8(ascii: "-") else { break }
      if labelStart > sign + 1, label.count >= 2,
        label.allSatisfy({ ASCII.isLetter(text[$0]) })
      {
        end = offset
      }
      guard current == UInt8(ascii: ".") else { break }
      offset += 1
      labelStart = offset
    }
    return end.map { start..<$0 }
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || ASCII.isOne(of: "._%+-'", byte)
  }
}
