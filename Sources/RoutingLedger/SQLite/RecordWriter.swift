import Foundation
import GRDB
import RoutingBudgets

/// Writes the records of one batch, inside its transaction.
struct RecordWriter {
  let db: Database

  func write(_ record: LedgerRecord) throws {
    switch record {
    case .open(let request): try open(request)
    case .progress(let id, let progress):
      try run(
        "UPDATE open_request SET progress = ? WHERE id = ?",
        [Data(OpenRequestBytes.write(progress)), id.description])
    case .end(let row):
      try RowWriter(db: db).insert(row)
      try release(row.entry.id)
    case .release(let id): try release(id)
    case .idempotency(let record): try keep(record)
    case .forget(let key):
      try run("DELETE FROM idempotency WHERE owner = ? AND key = ?", [key.owner, key.text])
    case .policy(let archive):
      try run(
        "INSERT OR IGNORE INTO policy VALUES (?, ?)",
        [archive.fingerprint, Data(archive.bytes)])
    case .text(let text):
      try run(
        "INSERT OR REPLACE INTO prompt VALUES (?, ?, ?, ?)",
        [
          text.request.description, Data(text.prompt), text.answer.map { Data($0) },
          text.expiry.milliseconds,
        ])
    case .forgetTexts(let time):
      try run("DELETE FROM prompt WHERE expiry_ms <= ?", [time.milliseconds])
    }
  }

  /// Counts the batch itself, so that a lost one is found even if it held no row.
  func countCommit() throws { try run("UPDATE state SET commits = commits + 1", []) }

  private func run(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws {
    try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
  }

  private func open(_ request: OpenRequest) throws {
    let reservation = request.reservation
    try run(
      "INSERT OR REPLACE INTO open_request VALUES (?, ?, ?, ?, ?)",
      [
        reservation.id.description, reservation.time.milliseconds,
        reservation.expiry.milliseconds, Data(OpenRequestBytes.write(reservation.claims)),
        Data(OpenRequestBytes.write(request.progress)),
      ])
  }

  private func release(_ id: RequestID) throws {
    try run("DELETE FROM open_request WHERE id = ?", [id.description])
  }

  private func keep(_ record: IdempotencyRecord) throws {
    let (state, status, answer): (String, Int?, Data?) =
      switch record.state {
      case .running: ("running", nil, nil)
      case .answered(let status, let body): ("answered", status, Data(body))
      case .lost: ("lost", nil, nil)
      }
    try run(
      "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        record.key.owner, record.key.text, record.body, record.request.description, state, status,
        answer, record.expiry.milliseconds,
      ])
  }
}
