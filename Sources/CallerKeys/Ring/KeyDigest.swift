/// The 32 bytes a key becomes under a secret.
///
/// Digests are compared whole. Whoever does not have the secret cannot choose one, so the time a
/// look-up takes says nothing about the keys there are.
package struct KeyDigest: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  static let byteCount = 32
  /// What stands before the digits in a file.
  package static let scheme = "hmac-sha256:"

  /// The digest of 32 bytes; of a shorter sequence the rest are zero.
  init(_ bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for byte in bytes.prefix(Self.byteCount) {
      switch count / 8 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
      count += 1
    }
    (first, second, third, fourth) = words
  }

  /// Nil unless it is 64 lower-case hexadecimal digits.
  package init?(hex: some StringProtocol) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    var high: UInt8?
    for digit in hex.utf8 {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      if let top = high {
        bytes.append(top << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    guard high == nil, bytes.count == Self.byteCount else { return nil }
    self.init(bytes)
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String {
    [first, second, third, fourth].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
