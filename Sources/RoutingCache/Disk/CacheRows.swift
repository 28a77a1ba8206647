import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets

/// Answers as rows, and everything that is asked of them.
enum CacheRows {
  /// What was found under a key.
  enum Found: Sendable {
    case none
    case answer(CachedAnswer)
    /// A row that is not as it was written.
    case damaged
  }

  static func found(_ key: CacheKey, _ db: Database) throws -> Found {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM answer WHERE scope = ? AND key = ?"),
      arguments: [Data(key.partition.digest.bytes), Data(key.digest.bytes)])
    guard let row else { return .none }
    return answer(row, under: key).map(Found.answer) ?? .damaged
  }

  /// The newest answers to a request of this name, in any partition: for whoever runs the gateway.
  static func answers(to request: RequestID, _ db: Database) throws -> [StoredAnswer] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM answer WHERE request = ? ORDER BY id DESC LIMIT 16",
      arguments: [request.description])
    return rows.compactMap(stored)
  }

  /// The answers whose key begins like this, in any partition.
  static func answers(keyed prefix: ClosedRange<CacheDigest>, _ db: Database) throws
    -> [StoredAnswer]
  {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM answer WHERE key >= ? AND key <= ? ORDER BY id DESC LIMIT 16
        """,
      arguments: [Data(prefix.lowerBound.bytes), Data(prefix.upperBound.bytes)])
    return rows.compactMap(stored)
  }

  // MARK: Reading a row

  private static func stored(_ row: Row) -> StoredAnswer? {
    guard let scope = digest(row, "scope"), let digest = digest(row, "key") else { return nil }
    let key = CacheKey(partition: CachePartition(scope), digest: digest)
    return answer(row, under: key).map { StoredAnswer(key: key, answer: $0) }
  }

  /// Nil unless the row is as it was written.
  ///
  /// GRDB stops the program where a value is not of the type it is read as, so each is looked at.
  private static func answer(_ row: Row, under key: CacheKey) -> CachedAnswer? {
    guard let checksum = digest(row, "checksum"), let body = bytes(row, "body"),
      let request = text(row, "request").flatMap({ RequestID($0) }),
      let route = text(row, "route"), let model = text(row, "model"),
      let currency = text(row, "currency"), let stored = number(row, "stored_ms"),
      let expiry = number(row, "expiry_ms")
    else { return nil }
    var tokens: CachedAnswer.Tokens?
    if let input = number(row, "input_tokens"), let cached = number(row, "cached_input_tokens"),
      let output = number(row, "output_tokens")
    {
      tokens = CachedAnswer.Tokens(input: input, cachedInput: cached, output: output)
    }
    let answer = CachedAnswer(
      body: body,
      origin: CachedAnswer.Origin(
        request: request, route: route, tenant: text(row, "tenant"), model: model,
        cost: number(row, "cost_nanos").map { Money(nanos: $0) }, currency: currency,
        tokens: tokens),
      stored: Timestamp(milliseconds: stored), expiry: Timestamp(milliseconds: expiry))
    return answer.checksum(under: key) == checksum ? answer : nil
  }

  private static func value(_ row: Row, _ column: String) -> DatabaseValue {
    guard row.hasColumn(column) else { return .null }
    return row[column]
  }

  static func number(_ row: Row, _ column: String) -> Int64? {
    guard case .int64(let number) = value(row, column).storage else { return nil }
    return number
  }

  static func text(_ row: Row, _ column: String) -> String? {
    guard case .string(let text) = value(row, column).storage else { return nil }
    return text
  }

  static func bytes(_ row: Row, _ column: String) -> [UInt8]? {
    guard case .blob(let data) = value(row, column).storage else { return nil }
    return Array(data)
  }

  static func digest(_ row: Row, _ column: String) -> CacheDigest? {
    bytes(row, column).flatMap(CacheDigest.init(bytes:))
  }

  // MARK: How much there is

  static func held(_ db: Database) throws -> [CacheStats.Route] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT route, sum(entries) AS entries, sum(bytes) AS bytes, sum(hits) AS hits,
          sum(misses) AS misses, sum(questions) AS questions, sum(similar) AS similar
        FROM (
          SELECT route, entries, bytes, 0 AS hits, 0 AS misses, similar AS questions,
            0 AS similar FROM held
          UNION ALL SELECT route, 0, 0, hits, misses, 0, similar FROM used
        ) GROUP BY route ORDER BY route
        """)
    return rows.compactMap { row in
      guard let route = text(row, "route") else { return nil }
      return CacheStats.Route(
        route: route, entries: number(row, "entries") ?? 0, bytes: number(row, "bytes") ?? 0,
        questions: number(row, "questions") ?? 0,
        uses: RouteUses(
          hits: number(row, "hits") ?? 0, misses: number(row, "misses") ?? 0,
          similar: number(row, "similar") ?? 0))
    }
  }

  static func lastPurge(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM purge") ?? 0
  }

  /// Purges with a later number, in order.
  static func purges(after number: Int64, _ db: Database) throws -> [(Int64, CachePurge)] {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM purge WHERE id > ? ORDER BY id"), arguments: [number])
    return rows.compactMap { row in
      guard let id = self.number(row, "id") else { return nil }
      let purge = CachePurge(
        route: text(row, "route"), tenant: text(row, "tenant"), model: text(row, "model"),
        before: self.number(row, "before_ms").map { Timestamp(milliseconds: $0) })
      return (id, purge)
    }
  }
}
