/// What the fast paths need to know of ASCII bytes.
enum ASCII {
  /// A letter, digit or underscore.
  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// Lower case, and any white space as a space.
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : isSpace(byte) ? 0x20 : byte
  }

  /// Whether it is one of a few characters.
  @inline(__always)
  static func isOne(of characters: StaticString, _ byte: UInt8) -> Bool {
    (0..<characters.utf8CodeUnitCount).contains { characters.byte(at: $0) == byte }
  }
}
