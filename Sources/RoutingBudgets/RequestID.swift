/// Names one request for ever: 48 bits of the time it came, then 80 random bits.
///
/// Written as 26 letters of Crockford's base 32, so that names sort by time.
package struct RequestID: Hashable, Comparable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A name for a request that came at `time`; the randomness comes from the caller.
  package init(at time: Timestamp, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(clamping: time.milliseconds) & 0xFFFF_FFFF_FFFF
    high = milliseconds << 16 | random.0 & 0xFFFF
    low = random.1
  }

  package static func < (a: RequestID, b: RequestID) -> Bool {
    (a.high, a.low) < (b.high, b.low)
  }
}

extension RequestID: CustomStringConvertible {
  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  package var description: String {
    let letters = Self.letters
    var rest = UInt128(high) << 64 | UInt128(low)
    // From the last letter to the first in one array: turned around afterwards, the text would be
    // made of a sequence, letter by letter, and every request is named six times over.
    var text = [UInt8](repeating: 0, count: 26)
    for place in stride(from: 25, through: 0, by: -1) {
      text[place] = letters[Int(rest & 31)]
      rest >>= 5
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what ``description`` wrote, in any case; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 26 else { return nil }
    var value: UInt128 = 0
    for (place, byte) in bytes.enumerated() {
      let upper = (0x61...0x7A).contains(byte) ? byte - 32 : byte
      guard let digit = Self.letters.firstIndex(of: upper), place > 0 || digit < 8 else {
        return nil
      }
      value = value << 5 | UInt128(digit)
    }
    self.init(high: UInt64(value >> 64), low: UInt64(truncatingIfNeeded: value))
  }
}
