import GRDB
import RoutingBudgets

extension StatementSteps {
  /// Adds a rating and counts it, so that one missing at the end is found.
  mutating func insert(_ rating: ChainedRating) {
    let entry = rating.entry
    run(.rating) { values in
      values.add(rating.sequence)
      values.add(entry.request)
      values.add(entry.time.milliseconds)
      values.add(entry.rater.tenant)
      values.add(entry.rater.user)
      values.add(entry.rater.key)
      values.add(entry.rating.word)
      values.add(entry.rating.millionths)
      values.add(entry.comment)
      values.add(blob: rating.hash)
    }
    run(.countRating)
  }
}

extension RowReader {
  /// A rating, exactly as it was written.
  func rating(_ row: Row) throws -> ChainedRating {
    guard let request = RequestID(try value(row, "request") as String) else {
      throw Malformed(column: "request")
    }
    let rating = Rating(
      word: try value(row, "rating"), millionths: try value(row, "score_millionths"))
    guard let rating else { throw Malformed(column: "rating") }
    let sequence: Int64 = try value(row, "sequence")
    guard sequence > 0 else { throw Malformed(column: "sequence") }
    let entry = RatingEntry(
      request: request, time: Timestamp(milliseconds: try value(row, "time_ms")),
      rater: RatingEntry.Rater(
        tenant: try optional(row, "tenant"), user: try optional(row, "user"),
        key: try optional(row, "key_name")),
      rating: rating, comment: try optional(row, "comment"))
    return ChainedRating(sequence: sequence, entry: entry, hash: try hash(row))
  }

  /// False in a file of an earlier format that is only read.
  var hasRatings: Bool { get throws { try db.tableExists("rating") } }

  /// The last rating's place.
  func lastRating() throws -> ChainPlace {
    let row = try Row.fetchOne(
      db, sql: "SELECT sequence, hash FROM rating ORDER BY sequence DESC LIMIT 1")
    guard let row else { return .start }
    return ChainPlace(sequence: try value(row, "sequence"), hash: try hash(row))
  }
}
