import CSQLiteGuard
import GRDB

/// The statements that write the ledger, prepared once on its connection.
///
/// GRDB's own statements take each value as an object of its own, which for the seventy columns of a
/// request came to a quarter of all the time a row took. This is the door around them: a batch goes to
/// SQLite as bytes, in one call.
///
/// @unchecked Sendable because only the commit thread calls it, one call at a time.
@safe
final class StatementWriter: @unchecked Sendable {
  /// SQLite refused the batch: nothing of it is kept.
  struct Failure: Error {
    let code: Int32
    let message: String
  }

  /// Nil once it is closed.
  private var raw: OpaquePointer?

  /// Prepares every statement on the connection, which must outlive this object.
  init(_ db: Database) throws {
    let all = LedgerStatement.allCases
    guard let connection = unsafe db.sqliteConnection,
      let raw = unsafe csqlite_writer_make(
        UnsafeMutableRawPointer(connection), Int32(all.count))
    else { throw Failure(code: 7, message: "out of memory") }
    unsafe self.raw = raw
    for statement in all {
      try unsafe check(csqlite_writer_prepare(raw, statement.sql), raw)
    }
  }

  deinit { close() }

  /// Lets go of the statements: a connection with one is not closed, and its log stays.
  func close() {
    if let raw = unsafe raw { unsafe csqlite_writer_free(raw) }
    unsafe raw = nil
  }

  /// Runs all steps in one transaction, or none.
  func commit(_ steps: borrowing StatementSteps) throws {
    guard let raw = unsafe raw else { throw Failure(code: 21, message: "it has been closed") }
    let code = unsafe steps.bytes.withBytes {
      unsafe csqlite_writer_commit(raw, $0.baseAddress, $0.count)
    }
    try unsafe check(code, raw)
  }

  private func check(_ code: Int32, _ raw: OpaquePointer) throws {
    guard code != 0 else { return }
    throw Failure(code: code, message: unsafe String(cString: csqlite_writer_problem(raw)))
  }
}
