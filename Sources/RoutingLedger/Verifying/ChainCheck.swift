import Foundation
import GRDB
import RoutingBudgets

/// Holds the rows, as their columns are stored, against the chain, and the sums against the rows.
struct ChainCheck {
  let db: Database
  private(set) var findings: [LedgerFinding] = []
  /// The last row as it is stored.
  private(set) var tail = ChainPlace.start
  private(set) var rows: Int64 = 0
  /// Whether a row has the hash that was asked for.
  private(set) var hasExpected = false
  /// The stored hash of the row the head names.
  private(set) var headHash: [UInt8]?

  init(_ db: Database) { self.db = db }

  /// Row by row, in order; `progress` is told the rows done and the rows there are.
  mutating func checkRows(
    head: ChainPlace?, expected: String?, progress: (Int64, Int64) -> Void
  ) throws {
    let total = try Int64.fetchOne(db, sql: "SELECT count(*) FROM request") ?? 0
    let reader = RowReader(db: db)
    let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM request ORDER BY sequence")
    while let columns = try cursor.next() {
      try check(columns, reader)
      if tail.sequence == head?.sequence { headHash = tail.hash }
      if let expected, Self.hexadecimal(tail.hash) == expected { hasExpected = true }
      rows += 1
      if rows % 4096 == 0 { progress(rows, total) }
    }
    progress(rows, total)
  }

  private mutating func check(_ columns: Row, _ reader: RowReader) throws {
    let sequence: Int64 = try reader.value(columns, "sequence")
    if sequence != tail.sequence + 1 {
      findings.append(.gap(after: tail.sequence, before: sequence))
    }
    // A broken row is named once: what follows is held against the hash it has.
    var hash = tail.hash
    do {
      let row = try reader.row(columns)
      hash = row.hash
      let before = ChainPlace(sequence: max(0, sequence - 1), hash: tail.hash)
      if before.following(row.entry).hash != row.hash, sequence == tail.sequence + 1 {
        findings.append(.row(sequence: sequence))
      }
    } catch let error as RowReader.Malformed {
      findings.append(.malformed(sequence: sequence, column: error.column))
      if let stored = try? reader.hash(columns) { hash = stored }
    }
    tail = ChainPlace(sequence: max(0, sequence), hash: hash)
  }

  /// What belongs to no row, requests with two, and counters that are not the sums of rows.
  mutating func checkSums() throws {
    let parents = [
      (
        "attempt",
        "SELECT count(*) FROM attempt WHERE sequence NOT IN (SELECT sequence FROM request)"
      ),
      (
        "charge", "SELECT count(*) FROM charge WHERE sequence NOT IN (SELECT sequence FROM request)"
      ),
      (
        "gate",
        """
        SELECT count(*) FROM gate LEFT JOIN attempt
        ON attempt.sequence = gate.sequence AND attempt.place = gate.attempt_place
        WHERE attempt.sequence IS NULL
        """
      ),
    ]
    for (table, sql) in parents {
      let count = try Int.fetchOne(db, sql: sql) ?? 0
      if count > 0 { findings.append(.strays(table: table, count: count)) }
    }
    let doubled = try String.fetchAll(
      db, sql: "SELECT id FROM request GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 100")
    findings += doubled.map { .doubled(request: $0) }
    let sums = """
      SELECT budget, unit, coalesce(owner, ''), window, window_start, sum(amount) FROM charge
      WHERE window_start <> '' GROUP BY 1, 2, 3, 4, 5
      """
    let counters = "SELECT budget, unit, owner, window, window_start, amount FROM counter"
    for sql in ["\(sums) EXCEPT \(counters)", "\(counters) EXCEPT \(sums)"] {
      for row in try Row.fetchAll(db, sql: "\(sql) LIMIT 100") {
        let finding = LedgerFinding.counter(
          budget: Self.text(row, 0), owner: Self.text(row, 2),
          window: "\(Self.text(row, 3)) \(Self.text(row, 4))")
        if !findings.contains(finding) { findings.append(finding) }
      }
    }
    for row in try Row.fetchAll(db, sql: "SELECT found_ms, rows, commits FROM loss") {
      findings.append(
        .knownLoss(
          at: Timestamp(milliseconds: Self.number(row, 0)), rows: Self.number(row, 1),
          commits: Self.number(row, 2)))
    }
  }

  /// A column as it stands: in a damaged file it may be of any type.
  private static func text(_ row: Row, _ column: Int) -> String {
    let value: DatabaseValue = row[column]
    return String.fromDatabaseValue(value) ?? value.description
  }

  private static func number(_ row: Row, _ column: Int) -> Int64 {
    let value: DatabaseValue = row[column]
    return Int64.fromDatabaseValue(value) ?? 0
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
