/// A closed set of words in any case of ASCII, looked up without making a string.
struct WordSet: Sendable {
  private let hashes: Set<UInt64>
  let longest: Int

  init(_ words: String) {
    let split = words.split(separator: " ")
    hashes = Set(split.map { Self.hash($0.utf8) })
    longest = split.map(\.utf8.count).max() ?? 0
  }

  func contains(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, range.count <= longest else { return false }
    return hashes.contains(Self.hash(bytes[range]))
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(TermHash.basis) { TermHash.adding($1.folded, to: $0) }
  }
}

/// FNV-1a, by which terms are told apart: the same on every machine.
enum TermHash {
  static let basis: UInt64 = 0xcbf2_9ce4_8422_2325

  static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  static func adding(_ scalar: UInt32, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(scalar)) &* 0x100_0000_01b3
  }
}
