/// The escapes of a JSON string: the quote, the backslash and the control characters, nothing else.
///
/// Everything outside ASCII stays as it is, in UTF-8. Line breaks in the text never reach the
/// output, so an escaped string is safe inside one line of a log or of an event stream.
package enum JSONEscapes {
  /// By the stretches between escapes, out of one copy of the text; other modules get this
  /// unspecialised, where an iterator asked for each byte costs more than all the rest.
  package static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
    let text = Array(text.utf8)
    var written = 0
    for place in text.indices where needsEscape(text[place]) {
      bytes += text[written..<place]
      appendEscape(of: text[place], to: &bytes)
      written = place + 1
    }
    bytes += text[written...]
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
