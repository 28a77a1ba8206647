/// A row's place in the chain: its number and the hash that covers it and every row before it.
package struct ChainPlace: Hashable, Sendable {
  /// From 1; 0 before the first row.
  package let sequence: Int64
  /// 32 bytes.
  package let hash: [UInt8]

  /// Before the first row.
  package static let start = ChainPlace(sequence: 0, hash: [UInt8](repeating: 0, count: 32))

  /// No hash stands for ``start``'s.
  package init(sequence: Int64, hash: [UInt8]) {
    precondition(sequence >= 0 && (hash.count == 32 || hash.isEmpty), "a place in the chain")
    self.sequence = sequence
    self.hash = hash.isEmpty ? [UInt8](repeating: 0, count: 32) : hash
  }

  /// The next row: SHA-256 of this hash and the row's canonical bytes.
  package func following(_ entry: LedgerEntry) -> ChainedEntry {
    ChainedEntry(
      sequence: sequence + 1, entry: entry,
      hash: hash(followedBy: entry.canonicalBytes(at: sequence + 1)))
  }

  /// SHA-256 of this place's hash and `bytes`.
  func hash(followedBy bytes: borrowing CanonicalBytes) -> [UInt8] {
    bytes.digest(after: hash)
  }
}
