package import RoutingBudgets

/// What a caller said of the answer to one request, kept for ever.
///
/// A second one by the same caller is another row: the newest counts.
package struct RatingEntry: Hashable, Sendable {
  package let request: RequestID
  package let time: Timestamp
  package let rater: Rater
  package let rating: Rating
  /// The rater's own words; the only text of a caller that a ledger keeps.
  package let comment: String?

  package init(
    request: RequestID, time: Timestamp, rater: Rater, rating: Rating, comment: String? = nil
  ) {
    self.request = request
    self.time = time
    self.rater = rater
    self.rating = rating
    self.comment = comment
  }

  /// Who rates; the names are those of a row's caller.
  package struct Rater: Hashable, Sendable {
    package let tenant: String?
    package let user: String?
    /// The name of the key, never the key.
    package let key: String?

    package init(tenant: String? = nil, user: String? = nil, key: String? = nil) {
      self.tenant = tenant
      self.user = user
      self.key = key
    }
  }

  /// Itself as a text column gives it back.
  var storable: RatingEntry {
    RatingEntry(
      request: request, time: time,
      rater: Rater(
        tenant: rater.tenant?.storable, user: rater.user?.storable, key: rater.key?.storable),
      rating: rating, comment: comment?.storable)
  }
}

/// How good an answer was.
package enum Rating: Hashable, Sendable {
  case good, bad
  /// In millionths, from 0 to 1,000,000.
  case score(millionths: Int64)

  /// What a mean is made of: good is 1, bad is 0.
  package var millionths: Int64 {
    switch self {
    case .good: 1_000_000
    case .bad: 0
    case .score(let millionths): millionths
    }
  }

  /// `good`, `bad` or `score`.
  package var word: String {
    switch self {
    case .good: "good"
    case .bad: "bad"
    case .score: "score"
    }
  }

  /// Nil unless this is the word and the score of one rating.
  init?(word: String, millionths: Int64) {
    switch (word, millionths) {
    case ("good", 1_000_000): self = .good
    case ("bad", 0): self = .bad
    case ("score", 0...1_000_000): self = .score(millionths: millionths)
    case (_, _): return nil
    }
  }
}
