import RoutingBudgets

/// A rating with its place in the chain of ratings, which is apart from that of the rows.
package struct ChainedRating: Hashable, Sendable {
  /// From 1, without gaps.
  package let sequence: Int64
  package let entry: RatingEntry
  /// 32 bytes of SHA-256.
  package let hash: [UInt8]

  package init(sequence: Int64, entry: RatingEntry, hash: [UInt8]) {
    self.sequence = sequence
    self.entry = entry
    self.hash = hash
  }

  var place: ChainPlace { ChainPlace(sequence: sequence, hash: hash) }
}

extension ChainPlace {
  /// The next rating: SHA-256 of this hash and the rating's canonical bytes.
  func following(_ rating: RatingEntry) -> ChainedRating {
    ChainedRating(
      sequence: sequence + 1, entry: rating,
      hash: hash(followedBy: rating.canonicalBytes(at: sequence + 1)))
  }
}

extension RatingEntry {
  /// The bytes its hash covers.
  ///
  /// INVARIANT: they never change for a rating that was written once.
  fileprivate func canonicalBytes(at sequence: Int64) -> CanonicalBytes {
    var bytes = CanonicalBytes()
    // No row of a request begins so.
    bytes.add("rating")
    bytes.add(Int64(1))
    bytes.add(sequence)
    bytes.add(request.high)
    bytes.add(request.low)
    bytes.add(time.milliseconds)
    bytes.add(rater.tenant)
    bytes.add(rater.user)
    bytes.add(rater.key)
    bytes.add(rating.word)
    bytes.add(rating.millionths)
    bytes.add(comment)
    return bytes
  }
}
