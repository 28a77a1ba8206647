/// The statements that change the ledger while it is open.
enum LedgerStatement: UInt8, CaseIterable {
  case countCommit
  case open
  case progress
  case release
  case request
  case attempt
  case gate
  case charge
  case counter
  case keepKey
  case forgetKey
  case policy
  case text
  case forgetTexts
  case rating
  case countRating

  var sql: String {
    switch self {
    case .countCommit: "UPDATE state SET commits = commits + 1"
    case .open: "INSERT OR REPLACE INTO open_request VALUES (?, ?, ?, ?, ?)"
    case .progress: "UPDATE open_request SET progress = ? WHERE id = ?"
    case .release: "DELETE FROM open_request WHERE id = ?"
    case .request: Self.insertion(into: "request", columns: 34)
    case .attempt: Self.insertion(into: "attempt", columns: 36)
    case .gate: Self.insertion(into: "gate", columns: 11)
    case .charge: Self.insertion(into: "charge", columns: 8)
    case .counter:
      Self.insertion(into: "counter", columns: 6)
        // As the counters in memory do: past the greatest amount SQLite would go on in floating point.
        + " ON CONFLICT DO UPDATE SET amount = min(amount, 9223372036854775807 - excluded.amount)"
        + " + excluded.amount"
    case .keepKey: "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    case .forgetKey: "DELETE FROM idempotency WHERE owner = ? AND key = ?"
    case .policy: "INSERT OR IGNORE INTO policy VALUES (?, ?)"
    case .text: "INSERT OR REPLACE INTO prompt VALUES (?, ?, ?, ?)"
    case .forgetTexts: "DELETE FROM prompt WHERE expiry_ms <= ?"
    case .rating: Self.insertion(into: "rating", columns: 10)
    case .countRating: "UPDATE state SET ratings = ratings + 1"
    }
  }

  static func insertion(into table: String, columns: Int) -> String {
    let marks = [String](repeating: "?", count: columns).joined(separator: ", ")
    return "INSERT INTO \(table) VALUES (\(marks))"
  }
}
