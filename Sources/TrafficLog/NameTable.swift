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
    let hash = Self.hash(piece, text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, holds(number, piece, text) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(ends.count)
    bytes += text[piece]
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  private func holds(_ number: Int, _ piece: Range<Int>, _ text: [UInt8]) -> Bool {
    var place = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - place == piece.count else { return false }
    for index in piece {
      if bytes[place] != text[index] { return false }
      place += 1
    }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a with a last stir, as only its low bits are used.
  static func hash(_ piece: Range<Int>, _ text: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in piece { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3 }
    return hash ^ hash >> 29
  }
}
