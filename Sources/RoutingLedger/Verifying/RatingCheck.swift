import GRDB

/// Holds the ratings, as their columns are stored, against their chain and their number.
struct RatingCheck {
  let db: Database
  private(set) var findings: [LedgerFinding] = []
  private(set) var ratings: Int64 = 0
  private var tail = ChainPlace.start

  init(_ db: Database) { self.db = db }

  /// Rating by rating, in order; a file of an earlier format has none.
  mutating func check() throws {
    let reader = RowReader(db: db)
    guard try reader.hasRatings else { return }
    let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM rating ORDER BY sequence")
    while let columns = try cursor.next() {
      try check(columns, reader)
      ratings += 1
    }
    let counted = try Int64.fetchOne(db, sql: "SELECT ratings FROM state") ?? 0
    if counted != ratings { findings.append(.ratingCount(kept: ratings, written: counted)) }
    let strays =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM rating WHERE request NOT IN (SELECT id FROM request)") ?? 0
    if strays > 0 { findings.append(.strays(table: "rating", count: strays)) }
  }

  private mutating func check(_ columns: Row, _ reader: RowReader) throws {
    let sequence: Int64 = try reader.value(columns, "sequence")
    let follows = sequence == tail.sequence + 1
    if !follows { findings.append(.ratingGap(after: tail.sequence, before: sequence)) }
    // A broken rating is named once: what follows is held against the hash it has.
    var hash = tail.hash
    do {
      let rating = try reader.rating(columns)
      hash = rating.hash
      if follows, tail.following(rating.entry).hash != rating.hash {
        findings.append(.rating(sequence: sequence))
      }
    } catch let error as RowReader.Malformed {
      findings.append(.malformedRating(sequence: sequence, column: error.column))
      if let stored = try? reader.hash(columns) { hash = stored }
    }
    tail = ChainPlace(sequence: max(0, sequence), hash: hash)
  }
}
