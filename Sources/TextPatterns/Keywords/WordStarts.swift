/// Finds where words may begin, eight bytes in a step.
enum WordStarts {
  /// Bit `i` is set if a word may begin at `base + i`: the byte is a word character or not ASCII,
  /// and the one before it is no ASCII word character.
  ///
  /// `carry` is 0x80 if the byte before `base` is an ASCII word character; it is updated.
  @inline(__always)
  static func mask(
    _ text: TextBytes, at base: Int, carry: inout UInt64
  ) -> UInt64 {
    var mask: UInt64 = 0
    if base &+ 64 <= text.count {
      for part in 0..<8 {
        let block = text.load8(unchecked: base &+ part &* 8)
        mask |= gather(starts(in: block, &carry)) &<< UInt64(truncatingIfNeeded: part &* 8)
      }
      return mask
    }
    var offset = base
    var shift: UInt64 = 0
    while offset < text.count {
      mask |= gather(starts(in: text.load8(padded: offset), &carry)) &<< shift
      offset &+= 8
      shift &+= 8
    }
    return mask
  }

  /// The high bit of each byte at which a word may begin.
  @inline(__always)
  private static func starts(in block: UInt64, _ carry: inout UInt64) -> UInt64 {
    let word = words(in: block)
    let high = block & each(0x80)
    let starts = (word | high) & ~(word << 8 | carry)
    carry = word >> 56
    return starts
  }

  /// The high bit of each byte that is an ASCII word character.
  @inline(__always)
  static func words(in block: UInt64) -> UInt64 {
    let low = block & each(0x7F)
    let lower = low | each(0x20)
    // Sums stay below 0x100, so no byte carries into the next; bit 7 tells the comparison.
    let letter = (lower &+ each(0x80 - 0x61)) & ~(lower &+ each(0x7F - 0x7A))
    let digit = (low &+ each(0x80 - 0x30)) & ~(low &+ each(0x7F - 0x39))
    let underscore = ~((low ^ each(0x5F)) &+ each(0x7F))
    return (letter | digit | underscore) & each(0x80) & ~block
  }

  /// One bit for the high bit of each byte.
  @inline(__always)
  private static func gather(_ highBits: UInt64) -> UInt64 {
    ((highBits >> 7) &* 0x0102_0408_1020_4080) >> 56
  }

  @inline(__always)
  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
