import Foundation
import GRDB
package import RoutingBudgets

/// Reads a ledger, also while another process writes to it.
///
/// Every call sees what was committed when it began.
package final class LedgerReader: Sendable {
  package let path: String
  private let queue: DatabaseQueue

  /// Opens an existing ledger without changing it.
  package init(path: String) throws(LedgerFailure) {
    self.path = path
    queue = try LedgerFile.openForReading(path: path)
  }

  deinit { close() }

  /// Lets go of the file; later calls fail.
  func close() { try? queue.close() }

  /// Refuses what can be no ledger, without opening it: no name, a folder, a pipe, a device.
  package static func checkKind(of path: String) throws(LedgerFailure) {
    _ = try LedgerFiles(path: path)
  }

  /// The last row's place.
  package func head() throws(LedgerFailure) -> ChainPlace {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT sequence, hash FROM request ORDER BY sequence DESC LIMIT 1")
      guard let row else { return .start }
      let reader = RowReader(db: db)
      return ChainPlace(
        sequence: try reader.value(row, "sequence"), hash: try reader.hash(row))
    }
  }

  /// The newest rows that match, oldest first.
  package func last(
    _ count: Int, matching filter: LedgerFilter = LedgerFilter()
  ) throws(LedgerFailure) -> [ChainedEntry] {
    let (condition, arguments) = filter.condition
    return try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM request WHERE \(condition) ORDER BY sequence DESC LIMIT ?",
        arguments: arguments + [max(0, count)])
      let reader = RowReader(db: db)
      return try rows.reversed().map(reader.row)
    }
  }

  /// Rows whose request's name begins like this, in any case; at most `limit`, oldest first.
  package func rows(
    named prefix: String, limit: Int = 2
  ) throws(LedgerFailure) -> [ChainedEntry] {
    // What no name holds is looked for in vain, and cannot be a wildcard.
    let text = prefix.uppercased()
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x5A).contains($0) }) else { return [] }
    return try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM request WHERE id >= ? AND id < ? ORDER BY sequence LIMIT ?",
        arguments: [text, text + "~", max(0, limit)])
      let reader = RowReader(db: db)
      return try rows.map(reader.row)
    }
  }

  /// Hands out the rows that match, oldest first, until `body` says false.
  ///
  /// Memory does not grow with their number. To follow a ledger, call it again with `filter.after`
  /// set to the last row's sequence.
  package func forEach(
    matching filter: LedgerFilter = LedgerFilter(), _ body: (ChainedEntry) -> Bool
  ) throws(LedgerFailure) {
    let (condition, arguments) = filter.condition
    try read { db in
      let reader = RowReader(db: db)
      let rows = try Row.fetchCursor(
        db, sql: "SELECT * FROM request WHERE \(condition) ORDER BY sequence",
        arguments: arguments)
      while let row = try rows.next() {
        guard body(try reader.row(row)) else { return }
      }
    }
  }

  /// Requests whose calls may be under way.
  package func openRequests() throws(LedgerFailure) -> [OpenRequest] {
    try read { db in try LedgerRecovery.openRequests(RowReader(db: db)) }
  }

  /// The kept sources of a policy; nil if there are none.
  package func policy(_ fingerprint: String) throws(LedgerFailure) -> PolicyArchive? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT bytes FROM policy WHERE fingerprint = ?", arguments: [fingerprint])
      guard let row else { return nil }
      return PolicyArchive(
        fingerprint: fingerprint, bytes: try RowReader(db: db).bytes(row, "bytes"))
    }
  }

  /// The kept text of a request; nil if there is none or it has been removed.
  package func text(of request: RequestID) throws(LedgerFailure) -> KeptText? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM prompt WHERE request = ?", arguments: [request.description])
      guard let row else { return nil }
      let reader = RowReader(db: db)
      return KeptText(
        request: request, prompt: try reader.bytes(row, "prompt"),
        answer: try reader.optional(row, "answer"),
        expiry: Timestamp(milliseconds: try reader.value(row, "expiry_ms")))
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(LedgerFailure) -> Value {
    do {
      return try queue.inDatabase { db in
        var value: Value?
        try db.inTransaction(.deferred) {
          value = try body(db)
          return .commit
        }
        guard let value else { throw DatabaseError(message: "nothing was read") }
        return value
      }
    } catch {
      throw LedgerFile.readFailure(error)
    }
  }
}

extension LedgerFilter {
  /// Its condition over `request`, with the arguments of its marks.
  var condition: (sql: String, arguments: StatementArguments) {
    var parts = ["sequence > ?"]
    var arguments: [any DatabaseValueConvertible] = [after]
    func add(_ sql: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      parts.append(sql)
      arguments.append(value)
    }
    add("time_ms >= ?", since?.milliseconds)
    add("time_ms < ?", until?.milliseconds)
    add("tenant = ?", tenant)
    add("route = ?", route)
    add("model_served = ?", model)
    add("status = ?", status?.rawValue)
    return (parts.joined(separator: " AND "), StatementArguments(arguments))
  }
}
