/// What a key may be called.
package enum KeyID {
  package static let mostBytes = 64
  package static let rule =
    "an id is 1 to 64 letters, digits and `_ - . @`, a letter or digit first"

  package static func isID(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= mostBytes else {
      return false
    }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || "_-.@".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}
