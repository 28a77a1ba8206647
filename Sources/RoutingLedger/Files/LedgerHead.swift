/// Where the ledger ended after a commit, kept outside its file: what the file has lost is missed.
package struct LedgerHead: Hashable, Sendable {
  /// Batches committed since the ledger was made.
  package let commits: Int64
  package let place: ChainPlace

  /// The bytes of one of the two places a head is written to by turns.
  ///
  /// One disk sector holds it, and a torn write spoils one of two.
  static let size = 128

  init(commits: Int64, place: ChainPlace) {
    self.commits = commits
    self.place = place
  }

  private static let magic: Int64 = 0x5255_4E47_4845_4144

  var bytes: [UInt8] {
    var bytes = CanonicalBytes()
    bytes.add(Self.magic)
    bytes.add(commits)
    bytes.add(place.sequence)
    bytes.add(place.hash)
    let whole = bytes.bytes + bytes.digest(after: [])
    return whole + [UInt8](repeating: 0, count: Self.size - whole.count)
  }

  /// Nil unless these are the bytes of a head, to the last.
  init?(_ bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    guard reader.number() == Self.magic, let commits = reader.number(), commits >= 0,
      let sequence = reader.number(), sequence >= 0, reader.count() == 32,
      let hash = reader.bytes(32)
    else { return nil }
    self.init(commits: commits, place: ChainPlace(sequence: sequence, hash: hash))
    guard self.bytes == bytes else { return nil }
  }
}
