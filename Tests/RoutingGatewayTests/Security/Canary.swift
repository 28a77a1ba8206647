import Foundation

/// A text that must not be found where it does not belong, in any of its disguises.
struct Canary: Sendable {
  let name: String
  let text: String

  /// As it is, its first 20 characters, in base64 at each of its three places, URL-encoded, as the
  /// inside of a JSON string, in hexadecimal.
  var forms: [[UInt8]] {
    let bytes = Array(text.utf8)
    var texts = [text, String(text.prefix(20)), text.replacing("/", with: "\\/")]
    texts += ["-._~", "-._~ ", ""].map { Self.urlEncoded(text, leaving: $0) }
    texts.append(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    for shift in 0..<3 {
      // What stands before it moves its letters; the ends that its neighbours share are cut off.
      let padded = Array(repeating: UInt8(ascii: "x"), count: shift) + bytes
      let whole = padded.count / 3 * 3
      let code = Data(padded[..<whole]).base64EncodedString()
      let shifted = String(code.dropFirst(shift == 0 ? 0 : 4))
      texts += [shifted, shifted.replacing("+", with: "-").replacing("/", with: "_")]
    }
    return Set(texts).map { Array($0.utf8) }
  }

  func isIn(_ bytes: [UInt8]) -> Bool { forms.contains { bytes.holds($0) } }

  private static func urlEncoded(_ text: String, leaving plain: String) -> String {
    text.utf8.map { byte in
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain || plain.utf8.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }
}

extension [UInt8] {
  func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first, count >= part.count else { return false }
    var start = startIndex
    let last = count - part.count
    while let found = self[start...].firstIndex(of: first), found <= last {
      if self[found..<(found + part.count)].elementsEqual(part) { return true }
      start = found + 1
    }
    return false
  }
}
