/// Finds the keyword a run of bytes spells: one hash and, almost always, one comparison.
struct KeywordTable: Sendable {
  static let shared = KeywordTable()

  private let keywords = Keyword.allCases
  private let spellings: [[UInt8]]
  /// Index into `keywords` plus one, or zero; open addressing.
  private let slots: [UInt16]
  private let longest: Int

  private init() {
    spellings = Keyword.allCases.map { Array($0.rawValue.utf8) }
    longest = spellings.map(\.count).max() ?? 0
    var slots = [UInt16](repeating: 0, count: 1024)
    for (index, spelling) in spellings.enumerated() {
      var slot = Self.hash(spelling, 0..<spelling.count)
      while slots[slot] != 0 { slot = (slot + 1) & 1023 }
      slots[slot] = UInt16(index + 1)
    }
    self.slots = slots
  }

  func keyword(_ bytes: [UInt8], _ range: Range<Int>) -> Keyword? {
    guard range.count <= longest else { return nil }
    var slot = Self.hash(bytes, range)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if Self.matches(spellings[index], bytes, range) { return keywords[index] }
      slot = (slot + 1) & 1023
    }
    return nil
  }

  private static func matches(_ spelling: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard spelling.count == range.count else { return false }
    for offset in 0..<spelling.count where spelling[offset] != bytes[range.lowerBound + offset] {
      return false
    }
    return true
  }

  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for index in range { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
    return Int((hash ^ (hash >> 15)) & 1023)
  }
}
