import Crypto

/// A SHA-256 over bytes, as four words.
package struct CacheDigest: Hashable, Sendable {
  let words: (UInt64, UInt64, UInt64, UInt64)

  package init(of bytes: [UInt8]) {
    self.init(words: Array(SHA256.hash(data: bytes)))
  }

  /// Of its 32 bytes; nil for any other number of them.
  init?(bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    self.init(words: bytes)
  }

  static let size = 32

  private init(words bytes: [UInt8]) {
    func word(_ start: Int) -> UInt64 {
      var word: UInt64 = 0
      for place in start..<(start + 8) { word = word << 8 | UInt64(bytes[place]) }
      return word
    }
    words = (word(0), word(8), word(16), word(24))
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    append(to: &bytes)
    return bytes
  }

  func append(to bytes: inout [UInt8]) {
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
  }

  package static func == (a: CacheDigest, b: CacheDigest) -> Bool { a.words == b.words }

  /// It is spread already: one of its words will do.
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension CacheDigest: CustomStringConvertible {
  /// 64 hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Reads what ``description`` wrote, in any case; nil for anything else.
  package init?(_ text: some StringProtocol) {
    var bytes: [UInt8] = []
    var half: UInt8?
    for digit in text.utf8 {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      if let high = half {
        bytes.append(high << 4 | UInt8(value))
        half = nil
      } else {
        half = UInt8(value)
      }
    }
    guard half == nil else { return nil }
    self.init(bytes: bytes)
  }
}

extension CacheDigest: Comparable {
  /// By their bytes.
  package static func < (a: CacheDigest, b: CacheDigest) -> Bool { a.words < b.words }
}
