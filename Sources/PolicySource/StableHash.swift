/// A hash that gives the same digest in every process, on every machine, for ever: SipHash-2-4 with
/// 128 bits of output under a fixed key.
///
/// Fingerprints and splits use it; Swift's own hashing is seeded anew in each process. It tells
/// texts apart and spreads keys evenly. It is no signature: the key is public.
///
/// Digests are written into ledgers and traces, so the key and the framing of ``combine(_:)`` never
/// change. O(bytes), constant memory.
package struct StableHash: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  /// The bytes that do not fill a word yet, first byte lowest.
  private var tail: UInt64 = 0
  private var tailCount: UInt64 = 0
  private var total: UInt64 = 0

  /// A hash under the key all of Rung uses: the sixteen letters `rung stable hash`.
  package init() {
    self.init(key: (0x6174_7320_676E_7572, 0x6873_6168_2065_6C62))
  }

  /// A hash under another key, its first eight bytes little-endian first.
  package init(key: (UInt64, UInt64)) {
    v0 = 0x736F_6D65_7073_6575 ^ key.0
    v1 = 0x646F_7261_6E64_6F6D ^ key.1 ^ 0xEE
    v2 = 0x6C79_6765_6E65_7261 ^ key.0
    v3 = 0x7465_6462_7974_6573 ^ key.1
  }

  /// The digest of one piece of text as it stands, without a length before it.
  package static func digest(of bytes: [UInt8]) -> Digest {
    var hash = StableHash()
    hash.append(bytes)
    return hash.digest
  }

  /// The digest of one piece of text as it stands, without a length before it.
  package static func digest(of text: String.UTF8View) -> Digest {
    var hash = StableHash()
    hash.append(text)
    return hash.digest
  }

  /// The digest of fields in order; `("ab", "c")` and `("a", "bc")` differ.
  package static func digest(ofFields fields: some Sequence<String>) -> Digest {
    var hash = StableHash()
    for field in fields { hash.combine(field) }
    return hash.digest
  }

  // Adds bytes as they stand: two calls equal one with both parts joined. There is one for each kind
  // of bytes, because other modules get a generic one unspecialised, which asks an iterator for every
  // byte and costs forty times the hash.

  package mutating func append(_ bytes: [UInt8]) { addEach(bytes) }

  package mutating func append(_ bytes: ArraySlice<UInt8>) { addEach(bytes) }

  package mutating func append(_ text: String.UTF8View) { addEach(text) }

  /// Adds a number as eight bytes, lowest first.
  package mutating func combine(_ number: UInt64) {
    append(word: number)
  }

  /// Adds a field: its length in UTF-8 bytes, then its bytes, so that neighbours never run together.
  package mutating func combine(_ text: String) {
    combine(UInt64(text.utf8.count))
    append(text.utf8)
  }

  /// The digest of what was added so far; more may be added afterwards.
  package var digest: Digest {
    var end = self
    end.compress(end.tail | (end.total & 0xFF) << 56)
    end.v2 ^= 0xEE
    for _ in 0..<4 { end.round() }
    let first = end.v0 ^ end.v1 ^ end.v2 ^ end.v3
    end.v1 ^= 0xDD
    for _ in 0..<4 { end.round() }
    return Digest(first: first, second: end.v0 ^ end.v1 ^ end.v2 ^ end.v3)
  }

  /// 128 bits, shown as 32 hexadecimal digits in the order SipHash writes its bytes.
  package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package let first: UInt64
    package let second: UInt64

    package init(first: UInt64, second: UInt64) {
      self.first = first
      self.second = second
    }

    package var description: String { hex }

    package var hex: String { Self.hex([first, second]) }

    /// The first 64 bits in hexadecimal: what a person is shown.
    package var short: String { Self.hex([first]) }

    /// A point in 0..<1,000,000, evenly spread: where a split's shares are laid end to end, the arm
    /// that covers it is chosen.
    package var millionth: Int64 { Int64(first.multipliedFullWidth(by: 1_000_000).high) }

    /// Digit by digit, as the row of every request has two digests: to join and to pad texts costs more.
    private static func hex(_ words: [UInt64]) -> String {
      var digits: [UInt8] = []
      digits.reserveCapacity(words.count * 16)
      for word in words {
        for shift in stride(from: 0, to: 64, by: 8) {
          let byte = UInt8(truncatingIfNeeded: word >> shift)
          digits.append(digit(byte >> 4))
          digits.append(digit(byte & 15))
        }
      }
      return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
      value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
  }
}

extension StableHash {
  @inline(__always)
  private mutating func addEach(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { append(byte: byte) }
  }

  /// Eight bytes, lowest first, behind the ones that wait for their word to fill.
  private mutating func append(word: UInt64) {
    total &+= 8
    guard tailCount > 0 else { return compress(word) }
    compress(tail | word << (8 * tailCount))
    tail = word >> (64 - 8 * tailCount)
  }

  private mutating func append(byte: UInt8) {
    tail |= UInt64(byte) << (8 * tailCount)
    tailCount += 1
    total &+= 1
    guard tailCount == 8 else { return }
    compress(tail)
    tail = 0
    tailCount = 0
  }

  private mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  private mutating func round() {
    v0 &+= v1
    v1 = v1 << 13 | v1 >> 51
    v1 ^= v0
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v3
    v3 = v3 << 16 | v3 >> 48
    v3 ^= v2
    v0 &+= v3
    v3 = v3 << 21 | v3 >> 43
    v3 ^= v0
    v2 &+= v1
    v1 = v1 << 17 | v1 >> 47
    v1 ^= v2
    v2 = v2 << 32 | v2 >> 32
  }
}
