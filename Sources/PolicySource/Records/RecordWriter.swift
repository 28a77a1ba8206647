/// Writes a record: numbers of variable length, texts with their length before them.
///
/// The same values give the same bytes, everywhere and for ever.
package struct RecordWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() { bytes.reserveCapacity(256) }

  /// Seven bits to a byte, lowest first; the top bit says that more follow.
  package mutating func unsigned(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Small numbers of either sign are short.
  package mutating func signed(_ number: Int64) {
    unsigned(UInt64(bitPattern: number << 1) ^ UInt64(bitPattern: number >> 63))
  }

  package mutating func count(_ count: Int) { unsigned(UInt64(clamping: count)) }

  package mutating func flag(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  /// Eight bytes, lowest first.
  package mutating func word(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  package mutating func text(_ text: String) {
    count(text.utf8.count)
    bytes += text.utf8
  }

  /// A zero for nil; else a one and the text.
  package mutating func text(orNil text: String?) {
    flag(text != nil)
    if let text { self.text(text) }
  }

  package mutating func signed(orNil number: Int64?) {
    flag(number != nil)
    if let number { signed(number) }
  }

  package mutating func data(_ data: [UInt8]) {
    count(data.count)
    bytes += data
  }
}
