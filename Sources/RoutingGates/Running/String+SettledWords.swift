extension String {
  /// The text up to its last space with a letter or digit of ASCII behind it: no keyword in it can
  /// be changed by what follows.
  var settledWords: String {
    let bytes = utf8
    var place = bytes.endIndex
    var next: UInt8 = 0
    while place > bytes.startIndex {
      let before = bytes.index(before: place)
      let byte = bytes[before]
      if byte == 0x20, String.isWord(next) { return String(self[..<place]) }
      next = byte
      place = before
    }
    return ""
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
