/// The escapes of a JSON string: the quote, the backslash and the control characters, nothing else.
///
/// Everything outside ASCII stays as it is, in UTF-8. Line breaks in the text never reach the
/// output, so an escaped string is safe inside one line of a log or of an event stream.
package enum JSONEscapes {
  /// A text that lies in one piece goes in by the stretches between its escapes; other modules get
  /// this unspecialised, where an iterator asked for each byte costs more than all the rest.
  package static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { unsafe append($0, to: &bytes) }
    guard done == nil else { return }
    for byte in text.utf8 {
      if needsEscape(byte) { appendEscape(of: byte, to: &bytes) } else { bytes.append(byte) }
    }
  }

  private static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var written = 0
    for place in text.indices where unsafe needsEscape(text[place]) {
      unsafe bytes.append(contentsOf: text[written..<place])
      unsafe appendEscape(of: text[place], to: &bytes)
      written = place + 1
    }
    unsafe bytes.append(contentsOf: text[written...])
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
