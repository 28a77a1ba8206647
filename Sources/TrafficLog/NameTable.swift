import JSONReading

/// Numbers for pieces of text that come again and again.
///
/// A piece is found by a hash and then compared byte by byte, so two that differ never share a number.
struct NameTable {
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  private var ends: [Int] = []
  private var bytes: [UInt8] = []

  init() { slots = Array(repeating: -1, count: 1024) }

  var count: Int { ends.count }

  func bytes(of number: Int) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of a piece; the next free one if it is new.
  ///
  /// O(bytes).
  mutating func number(of piece: Range<Int>, in text: [UInt8]) -> Int32 {
    // No limit is ever reached: numbers end far above it.
    number(of: piece, in: text, limit: .max) ?? 0
  }

  /// The same with so many pieces at most; nil for a new one past them.
  mutating func number(of piece: Range<Int>, in text: [UInt8], limit: Int) -> Int32? {
    let hash = Self.hash(piece, text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, holds(number, piece, text) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard ends.count < limit else { return nil }
    let number = Int32(ends.count)
    bytes += text[piece]
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  private func holds(_ number: Int, _ piece: Range<Int>, _ text: [UInt8]) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    return ByteRuns.areSame(piece, in: text, start..<ends[number], of: bytes)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  static func hash(_ piece: Range<Int>, _ text: [UInt8]) -> UInt64 {
    ByteRuns.hash(piece, in: text)
  }
}
