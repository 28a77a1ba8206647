import Crypto

/// A SHA-256, written `sha256:` and 64 hexadecimal digits.
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  /// The digits, in lower case.
  package let hex: String

  package init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    hex = hash.finalize().reduce(into: "") { text, byte in
      text += byte < 16 ? "0" : ""
      text += String(byte, radix: 16)
    }
  }

  /// Nil for anything but 64 digits, with or without `sha256:` before them.
  package init?(_ text: String) {
    let digits = text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
    guard digits.utf8.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      return nil
    }
    hex = digits.lowercased()
  }

  package var description: String { "sha256:\(hex)" }
}
