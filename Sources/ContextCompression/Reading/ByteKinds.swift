extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  /// Blanks and ends of lines.
  var isWhite: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isSmall: Bool { self >= 0x61 && self <= 0x7A }
  var isCapital: Bool { self >= 0x41 && self <= 0x5A }
  var isLetter: Bool { isSmall || isCapital }
  /// Capitals as small letters.
  var folded: UInt8 { isCapital ? self | 0x20 : self }
}

/// A scalar read leniently: whatever is not UTF-8 is one byte and stands for itself.
struct LenientScalar {
  let value: UInt32
  let count: Int

  init(_ bytes: [UInt8], at place: Int, before end: Int) {
    let first = bytes[place]
    let (size, bits): (Int, UInt32) =
      switch first {
      case 0xC2...0xDF: (2, UInt32(first & 0x1F))
      case 0xE0...0xEF: (3, UInt32(first & 0x0F))
      case 0xF0...0xF4: (4, UInt32(first & 0x07))
      default: (1, UInt32(first))
      }
    guard size > 1, place + size <= end else {
      value = UInt32(first)
      count = 1
      return
    }
    var scalar = bits
    for offset in 1..<size {
      let next = bytes[place + offset]
      guard next & 0xC0 == 0x80 else {
        value = UInt32(first)
        count = 1
        return
      }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    value = scalar
    count = size
  }

  /// Of a script that puts no spaces between words.
  var isUnspaced: Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x2FFF, 0x3005...0x3007,
      0x3021...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Punctuation and spaces beyond ASCII.
  var isMark: Bool {
    switch value {
    case 0x80...0xA9, 0xAB...0xB4, 0xB6...0xB9, 0xBB...0xBF, 0xD7, 0xF7, 0x060C, 0x061B, 0x061F,
      0x0964...0x0965, 0x2000...0x206F, 0x2190...0x2BFF, 0x3000...0x3004, 0x3008...0x3020,
      0xFE10...0xFE6F, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65,
      0xFEFF:
      true
    default: false
    }
  }

  /// Simple case folding of the scripts that have cases, without tables: Latin, Greek, Cyrillic.
  var folded: UInt32 {
    switch value {
    case 0xC0...0xD6, 0xD8...0xDE, 0x0391...0x03A9, 0x0410...0x042F: value + 0x20
    case 0x0400...0x040F: value + 0x50
    case 0x0100...0x0137, 0x014A...0x0177: value | 1
    default: value
    }
  }
}
