import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets

extension CacheRows {
  /// Keeps an answer in place of what was there, with the question it is found by; it is the newest
  /// then.
  static func keep(
    _ answer: CachedAnswer, under key: CacheKey, _ question: SimilarQuestion?, _ db: Database
  ) throws {
    try remove(key, db)
    let origin = answer.origin
    try db.cachedStatement(
      sql: """
        INSERT INTO answer VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Data(key.partition.digest.bytes), Data(key.digest.bytes), origin.route, origin.tenant,
      origin.model, origin.request.description, answer.stored.milliseconds,
      answer.expiry.milliseconds, answer.size + (question?.size ?? 0), origin.cost?.nanos,
      origin.currency,
      origin.tokens?.input, origin.tokens?.cachedInput, origin.tokens?.output,
      Data(answer.checksum(under: key).bytes), Data(answer.body),
    ])
    guard let question else { return }
    let vector = question.vector.bytes
    try db.cachedStatement(sql: "INSERT INTO similar VALUES (?, ?, ?, ?, ?, ?, ?)").execute(
      arguments: [
        db.lastInsertedRowID, Data(key.partition.digest.bytes), Data(key.digest.bytes),
        origin.route, question.text, Data(vector),
        Data(SimilarRow.checksum(key, question.text, vector).bytes),
      ])
  }

  static func remove(_ key: CacheKey, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM answer WHERE scope = ? AND key = ?").execute(
      arguments: [Data(key.partition.digest.bytes), Data(key.digest.bytes)])
  }

  /// Removes what matches, and leaves word for the other processes; how many, and the word's number.
  static func purge(_ purge: CachePurge, _ db: Database) throws -> (count: Int, number: Int64) {
    let arguments: StatementArguments = [
      purge.route, purge.tenant, purge.model, purge.before?.milliseconds,
    ]
    try db.execute(sql: statement(for: purge), arguments: arguments)
    let count = db.changesCount
    try db.execute(
      sql: "INSERT INTO purge VALUES (NULL, ?, ?, ?, ?)", arguments: arguments)
    let number = db.lastInsertedRowID
    try db.execute(sql: "DELETE FROM purge WHERE id <= ?", arguments: [number - 1024])
    return (count, number)
  }

  /// By the index that leads to the least rows: the condition it is by stands by itself.
  static func statement(for purge: CachePurge) -> String {
    if purge.route != nil {
      return """
        DELETE FROM answer WHERE route = ?1 AND (?2 IS NULL OR tenant = ?2)
          AND (?3 IS NULL OR model = ?3) AND stored_ms < coalesce(?4, 9223372036854775807)
        """
    }
    if purge.tenant != nil {
      return """
        DELETE FROM answer WHERE (?1 IS NULL OR route = ?1) AND tenant = ?2
          AND (?3 IS NULL OR model = ?3) AND stored_ms < coalesce(?4, 9223372036854775807)
        """
    }
    if purge.model != nil {
      return """
        DELETE FROM answer WHERE (?1 IS NULL OR route = ?1) AND (?2 IS NULL OR tenant = ?2)
          AND model = ?3 AND stored_ms < coalesce(?4, 9223372036854775807)
        """
    }
    if purge.before != nil {
      return """
        DELETE FROM answer WHERE (?1 IS NULL OR route = ?1) AND (?2 IS NULL OR tenant = ?2)
          AND (?3 IS NULL OR model = ?3) AND stored_ms < ?4
        """
    }
    return """
      DELETE FROM answer WHERE (?1 IS NULL OR route = ?1) AND (?2 IS NULL OR tenant = ?2)
        AND (?3 IS NULL OR model = ?3) AND (?4 IS NULL OR stored_ms < ?4)
      """
  }

  /// Removes some answers that are past their time; how many.
  static func sweep(at now: Timestamp, _ db: Database) throws -> Int {
    try db.cachedStatement(
      sql: """
        DELETE FROM answer
        WHERE id IN (SELECT id FROM answer WHERE expiry_ms <= ? ORDER BY expiry_ms LIMIT 256)
        """
    ).execute(arguments: [now.milliseconds])
    return db.changesCount
  }

  /// Removes the oldest answers until the rest is within the limits.
  static func evict(within limits: CacheLimits, _ db: Database) throws {
    while true {
      let routes = try held(db)
      let entries = routes.reduce(0) { $0 + $1.entries }
      let bytes = routes.reduce(0) { $0 + $1.bytes }
      guard entries > 0, entries > limits.diskEntries || bytes > limits.diskBytes else { return }
      // By number as many as there are too many; by size as many as that is of answers of the middle.
      let mean = max(1, bytes / entries)
      let tooMany = max(
        entries - limits.diskEntries, (bytes - limits.diskBytes + mean - 1) / mean, 1)
      try db.execute(
        sql: "DELETE FROM answer WHERE id IN (SELECT id FROM answer ORDER BY id LIMIT ?)",
        arguments: [tooMany])
      // Nothing left to remove, whatever the sums say.
      if db.changesCount == 0 { return try recount(db) }
    }
  }

  /// The sums again, from the rows: after a crash they are right, after a stranger's hand perhaps not.
  private static func recount(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM held")
    try db.execute(
      sql: """
        INSERT INTO held (route, entries, bytes, similar)
        SELECT route, count(*), sum(size),
          (SELECT count(*) FROM similar WHERE similar.route = answer.route)
        FROM answer GROUP BY route
        """)
  }

  static func count(_ uses: [String: RouteUses], _ db: Database) throws {
    for (route, use) in uses {
      try db.cachedStatement(
        sql: """
          INSERT INTO used (route, hits, misses, similar) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET hits = hits + excluded.hits,
            misses = misses + excluded.misses, similar = similar + excluded.similar
          """
      ).execute(arguments: [route, use.hits, use.misses, use.similar])
    }
  }
}
