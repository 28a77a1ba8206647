import DatabasePages
import Foundation
import GRDB

/// Opening the database file, and the words of SQLite's failures.
enum LedgerFile {
  /// Of a ledger, set when its file is made.
  ///
  /// A commit writes every page it touches as a whole, and in a large page most of that is rows that
  /// were there before: half the size is nearly half the bytes to sum up and to write. Into smaller pages
  /// rows fit badly: at 1,024 bytes the requests take a quarter more of the disk.
  static let pageSize = 2048
  /// Of all ledgers there are: the first ones were made of pages of 4,096 bytes.
  static let pageSizes: Set<Int> = [pageSize, 4096]

  /// A connection that may write: makes a new file ours, refuses a foreign one before touching it.
  static func openForWriting(path: String, mode: LedgerMode) throws(LedgerFailure) -> DatabaseQueue
  {
    let files = try LedgerFiles(path: path)
    try guardPages(of: files, path: path)
    var configuration = Configuration()
    configuration.label = "rung-ledger"
    configuration.busyMode = .timeout(10)
    do {
      let queue = try DatabaseQueue(path: files.database, configuration: configuration)
      try queue.inDatabase { db in
        try admit(db, path: path)
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = \(mode == .durable ? "FULL" : "NORMAL")")
        try db.execute(sql: "PRAGMA journal_size_limit = 0")
        // Bringing the log into the file takes syncs that every commit then waits for: once in 64 MB
        // (with the larger pages of older ledgers, 128) keeps that to less than one commit in a hundred.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 32000")
        try db.execute(sql: "PRAGMA trusted_schema = OFF")
      }
      try LedgerSchema.migrator.migrate(queue)
      return queue
    } catch {
      throw openFailure(error, path: path)
    }
  }

  /// A connection that only reads, beside whoever writes.
  ///
  /// Where nothing can be written (a backup on read-only media, another's folder) SQLite cannot share
  /// memory with a writer; there is none then, and a database without a log is read as it lies.
  static func openForReading(path: String) throws(LedgerFailure) -> DatabaseQueue {
    let files = try LedgerFiles(path: path)
    guard files.exists else { throw .cannotOpen(path: path, reason: "there is no such file") }
    try guardPages(of: files, path: path)
    do {
      return try reading(files.database, path: path)
    } catch {
      let code = (error as? DatabaseError)?.resultCode
      guard code == .SQLITE_CANTOPEN || code == .SQLITE_READONLY, !files.isHalfMade else {
        throw openFailure(error, path: path)
      }
      guard !files.hasLog else {
        throw .cannotOpen(
          path: path,
          reason:
            "its log `\(path)-wal` is read only where files can be made; copy the files of the "
            + "ledger to such a folder")
      }
      do {
        return try reading(files.unchanging, path: path)
      } catch {
        throw openFailure(error, path: path)
      }
    }
  }

  private static func reading(_ name: String, path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: name, configuration: configuration)
    try queue.inDatabase { db in
      guard try number(db, "application_id") == DatabaseKind.ledger else {
        throw LedgerFailure.notALedger(path: path)
      }
      let version = try number(db, "user_version")
      guard version <= LedgerSchema.version else {
        throw LedgerFailure.tooNew(path: path, version: version)
      }
    }
    return queue
  }

  /// From here on no page that was changed reaches SQLite.
  ///
  /// A ledger whose header says that its pages have no checksums was changed in just that place.
  private static func guardPages(of files: LedgerFiles, path: String) throws(LedgerFailure) {
    do throws(PageGuard.Failure) {
      try PageGuard.install()
    } catch {
      throw .cannotOpen(path: path, reason: error.description)
    }
    guard let header = DatabaseHeader(of: files.database),
      header.application == DatabaseKind.ledger, !header.isGuarded
    else { return }
    throw .cannotOpen(path: path, reason: damage)
  }

  /// An empty file becomes ours; ours of this or an older format is taken; all else is refused.
  private static func admit(_ db: Database, path: String) throws {
    let application = try number(db, "application_id")
    let version = try number(db, "user_version")
    if application == DatabaseKind.ledger {
      guard version <= LedgerSchema.version else {
        throw LedgerFailure.tooNew(path: path, version: version)
      }
      return
    }
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == 0, version == 0, tables == 0 else {
      throw LedgerFailure.notALedger(path: path)
    }
    try db.execute(sql: "PRAGMA page_size = \(pageSize)")
    try db.execute(sql: "PRAGMA application_id = \(DatabaseKind.ledger)")
  }

  private static func number(_ db: Database, _ pragma: String) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA \(pragma)") ?? 0
  }

  // MARK: Failures

  private static let damage = PageGuard.refusal + ": `rung ledger verify` says which"

  /// Whether the guard under SQLite kept a page back.
  static func isDamagedPage(_ error: any Error) -> Bool {
    (error as? DatabaseError)?.extendedResultCode == .SQLITE_IOERR_DATA
  }

  static func openFailure(_ error: any Error, path: String) -> LedgerFailure {
    if let failure = error as? LedgerFailure { return failure }
    if (error as? DatabaseError)?.resultCode == .SQLITE_NOTADB { return .notALedger(path: path) }
    return .cannotOpen(path: path, reason: reason(error))
  }

  static func writeFailure(_ error: any Error) -> LedgerFailure {
    error as? LedgerFailure ?? .cannotWrite(reason: reason(error))
  }

  static func readFailure(_ error: any Error) -> LedgerFailure {
    if let malformed = error as? RowReader.Malformed {
      return .cannotRead(reason: "a value in column `\(malformed.column)` was not written by rung")
    }
    return error as? LedgerFailure ?? .cannotRead(reason: reason(error))
  }

  private static func reason(_ error: any Error) -> String {
    if let failure = error as? StatementWriter.Failure {
      if failure.code == ResultCode.SQLITE_IOERR_DATA.rawValue { return damage }
      return failure.message.isEmpty ? "SQLite error \(failure.code)" : failure.message
    }
    guard let error = error as? DatabaseError else { return "\(error)" }
    if isDamagedPage(error) { return damage }
    return error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
  }
}
