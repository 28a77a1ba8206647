import GRDB
package import RoutingBudgets

/// A rating, and whether it is the newest its rater gave to the request.
package struct ReadRating: Hashable, Sendable {
  package let rating: ChainedRating
  package let counts: Bool

  package init(_ rating: ChainedRating, counts: Bool) {
    self.rating = rating
    self.counts = counts
  }
}

extension LedgerReader {
  private static let query = "SELECT rating.*, \(LedgerSchema.counts) AS counts FROM rating"

  /// What was said of the answer to a request, the newest `limit`, oldest first.
  package func ratings(
    of request: RequestID, limit: Int
  ) throws(LedgerFailure) -> [ReadRating] {
    try read { db in
      let reader = RowReader(db: db)
      guard try reader.hasRatings else { return [] }
      let rows = try Row.fetchAll(
        db, sql: "\(Self.query) WHERE request = ? ORDER BY sequence DESC LIMIT ?",
        arguments: [request.description, max(0, limit)])
      return try rows.reversed().map { try Self.rating($0, reader) }
    }
  }

  /// Hands out the ratings of the requests that match, oldest first, until `body` says false.
  ///
  /// Memory does not grow with their number.
  package func forEachRating(
    matching filter: LedgerFilter = LedgerFilter(), _ body: (ReadRating) -> Bool
  ) throws(LedgerFailure) {
    let (condition, arguments) = filter.condition
    try read { db in
      let reader = RowReader(db: db)
      guard try reader.hasRatings else { return }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          \(Self.query) WHERE EXISTS (
            SELECT 1 FROM request WHERE request.id = rating.request AND \(condition))
          ORDER BY rating.sequence
          """, arguments: arguments)
      while let row = try rows.next() {
        guard body(try Self.rating(row, reader)) else { return }
      }
    }
  }

  /// Who asked a request; nil if there is no row of it.
  func caller(of request: RequestID) throws(LedgerFailure) -> LedgerEntry.Caller? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT tenant, user, key_name, conversation FROM request WHERE id = ?
          ORDER BY sequence DESC LIMIT 1
          """, arguments: [request.description])
      guard let row else { return nil }
      let reader = RowReader(db: db)
      return LedgerEntry.Caller(
        tenant: try reader.optional(row, "tenant"), user: try reader.optional(row, "user"),
        key: try reader.optional(row, "key_name"),
        conversation: try reader.optional(row, "conversation"))
    }
  }

  private static func rating(_ row: Row, _ reader: RowReader) throws -> ReadRating {
    ReadRating(try reader.rating(row), counts: try reader.value(row, "counts") as Int64 == 1)
  }
}
