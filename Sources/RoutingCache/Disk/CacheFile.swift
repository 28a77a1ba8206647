import DatabasePages
import Foundation
import GRDB
import Synchronization

/// Opening the cache's file; what is no cache is set aside, never overwritten.
enum CacheFile {
  /// The two connections of one process: one writes, one reads beside it.
  final class Connections: Sendable {
    let writer: DatabaseQueue
    let reader: DatabaseQueue
    /// Those who read: GRDB ends the process where a connection is used after it was closed.
    let readers = DispatchGroup()
    /// What is wrong with the file's contents, once somebody has come upon it while reading.
    let damage = Mutex<String?>(nil)

    init(writer: DatabaseQueue, reader: DatabaseQueue) {
      self.writer = writer
      self.reader = reader
    }

    /// Waits for those who read.
    func close() {
      readers.wait()
      // The last connection to be closed brings the log into the file: that is the writer's.
      try? reader.close()
      try? writer.close()
    }
  }

  /// Why a file's contents are not taken.
  enum Refusal: Error {
    case foreign
    /// Nothing was ever written into it.
    case empty
    /// Its pages have no checksums, so nothing protects this process from what stands in them.
    case earlier(version: Int)
    case damaged(String)
  }

  /// Opens the file or makes it.
  ///
  /// A file that is foreign or damaged gets another name, and a notice says so; a ledger and the
  /// cache of a later version stay where they are.
  static func open(
    path: String, report: (CacheNotice) -> Void
  ) throws(CacheFailure) -> Connections {
    try checkKind(of: path)
    do {
      return try connect(path: path)
    } catch let refusal as Refusal {
      let name = try setAside(path: path)
      report(.setAside(path: path, as: name, reason: refusal.words))
    } catch {
      throw failure(error, path: path)
    }
    do {
      return try connect(path: path)
    } catch {
      throw failure(error, path: path)
    }
  }

  /// Opens a file that is there and is a cache; nothing is made or set aside.
  static func open(existing path: String) throws(CacheFailure) -> Connections {
    try checkKind(of: path)
    guard FileManager.default.fileExists(atPath: path) else {
      throw .cannotOpen(path: path, reason: "there is no such file")
    }
    do {
      try checkHeader(of: path)
      let file = try DatabaseQueue(path: path, configuration: configuration("rung-cache-look"))
      defer { try? file.close() }
      guard try file.inDatabase({ try admit($0, path: path) }) else { throw Refusal.empty }
    } catch {
      throw failure(error, path: path)
    }
    do {
      return try connect(path: path)
    } catch {
      throw failure(error, path: path)
    }
  }

  private static func connect(path: String) throws -> Connections {
    try checkHeader(of: path)
    do {
      let writer = try DatabaseQueue(path: path, configuration: configuration("rung-cache-writer"))
      try writer.inDatabase { db in
        try prepare(db, path: path)
      }
      var readonly = configuration("rung-cache-reader")
      readonly.readonly = true
      let reader = try DatabaseQueue(path: path, configuration: readonly)
      return Connections(writer: writer, reader: reader)
    } catch let error as DatabaseError where error.isDamage {
      throw Refusal.damaged(reason(error))
    }
  }

  private static func configuration(_ label: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.busyMode = .timeout(10)
    return configuration
  }

  private static func prepare(_ db: Database, path: String) throws {
    if try admit(db, path: path) { try look(db) }
    try db.execute(sql: "PRAGMA journal_mode = WAL")
    // After a crash of the machine the last answers may be missing; none is half there.
    try db.execute(sql: "PRAGMA synchronous = NORMAL")
    try db.execute(sql: "PRAGMA journal_size_limit = 16777216")
    try db.execute(sql: "PRAGMA trusted_schema = OFF")
    try db.inTransaction(.immediate) {
      // Another process may have made it in between.
      if try number(db, sql: "PRAGMA application_id") != DatabaseKind.cache {
        for statement in CacheSchema.tables { try db.execute(sql: statement) }
      }
      return .commit
    }
    try look(db)
  }

  /// Finds a file whose tables cannot be read here, and not in the middle of a request.
  private static func look(_ db: Database) throws {
    _ = try CacheRows.lastPurge(db)
    _ = try Row.fetchOne(
      db, sql: "SELECT * FROM answer WHERE scope = ? AND key = ?", arguments: [Data(), Data()])
    _ = try CacheRows.held(db)
    _ = try Row.fetchOne(db, sql: "SELECT * FROM similar WHERE scope = ?", arguments: [Data()])
  }

  /// Whether it is ours already; an empty file becomes ours, all else is refused.
  private static func admit(_ db: Database, path: String) throws -> Bool {
    let application = try number(db, sql: "PRAGMA application_id")
    let version = try number(db, sql: "PRAGMA user_version")
    if application == DatabaseKind.cache {
      guard version <= CacheSchema.version else {
        throw CacheFailure.tooNew(path: path, version: version)
      }
      guard version == CacheSchema.version else { throw Refusal.earlier(version: version) }
      return true
    }
    guard application != DatabaseKind.ledger else { throw CacheFailure.isALedger(path: path) }
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == 0, version == 0, tables == 0 else { throw Refusal.foreign }
    return false
  }

  private static func number(_ db: Database, sql: String) throws -> Int {
    try Int.fetchOne(db, sql: sql) ?? 0
  }

  /// Looks at the first bytes before SQLite does, with the page guard under every connection from here
  /// on: what has no checksums is not opened at all.
  private static func checkHeader(of path: String) throws {
    do throws(PageGuard.Failure) {
      try PageGuard.install()
    } catch {
      throw CacheFailure.cannotOpen(path: path, reason: error.description)
    }
    // A file that is not there, or that cannot be read, is SQLite's to make or to refuse.
    guard let header = DatabaseHeader(of: path), !header.isEmpty else { return }
    guard header.isDatabase else { throw Refusal.damaged("it is no database") }
    switch header.application {
    case DatabaseKind.ledger: throw CacheFailure.isALedger(path: path)
    // Its first page is held against its checksum when SQLite reads it: until then it may say anything.
    case _ where header.isGuarded: return
    case DatabaseKind.cache where header.version > CacheSchema.version:
      throw CacheFailure.tooNew(path: path, version: header.version)
    case DatabaseKind.cache where header.version < CacheSchema.version:
      throw Refusal.earlier(version: header.version)
    case DatabaseKind.cache: throw Refusal.damaged(PageGuard.refusal)
    default: throw Refusal.foreign
    }
  }

  // MARK: Files

  private static func checkKind(of path: String) throws(CacheFailure) {
    guard !path.isEmpty, path != ":memory:", !path.lowercased().hasPrefix("file:") else {
      throw .cannotOpen(path: path, reason: "that is no name of a file")
    }
    guard let found = try? FileManager.default.attributesOfItem(atPath: path),
      let type = found[.type] as? FileAttributeType
    else { return }
    guard type == .typeRegular || type == .typeSymbolicLink else {
      throw .cannotOpen(path: path, reason: "it is no file")
    }
  }

  /// Gives the file and what belongs to it another name, which is returned.
  ///
  /// The log goes first: a new file beside an old log would take it for its own.
  static func setAside(path: String) throws(CacheFailure) -> String {
    let files = FileManager.default
    var number = 1
    while files.fileExists(atPath: "\(path).aside-\(number)") { number += 1 }
    let name = "\(path).aside-\(number)"
    do {
      for end in ["-wal", "-shm", ""] where files.fileExists(atPath: path + end) {
        try files.moveItem(atPath: path + end, toPath: name + end)
      }
    } catch {
      throw .cannotOpen(
        path: path, reason: "it is no cache and cannot be set aside: \(error.localizedDescription)")
    }
    return name
  }

  // MARK: Failures

  private static func failure(_ error: any Error, path: String) -> CacheFailure {
    if let failure = error as? CacheFailure { return failure }
    if let refusal = error as? Refusal {
      var reason = refusal.words
      if case .earlier = refusal { reason += ": `rung serve --cache` begins a new one" }
      return .cannotOpen(path: path, reason: reason)
    }
    return .cannotOpen(path: path, reason: reason(error))
  }

  static func reason(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    if error.extendedResultCode == .SQLITE_IOERR_DATA { return PageGuard.refusal }
    return error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
  }
}

extension CacheFile.Refusal {
  var words: String {
    switch self {
    case .foreign: "it is another program's database"
    case .empty:
      "it is empty: no answer was ever kept in it, and `rung serve --cache` makes a cache of it"
    case .earlier(let version): "an earlier version of rung wrote it, in format \(version)"
    case .damaged(let reason): reason
    }
  }
}

extension DatabaseError {
  /// Whether the file's contents are at fault: another try finds the same.
  var isDamage: Bool {
    switch resultCode {
    // The last is what a table without an expected column, or an unknown one, comes to.
    case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR: true
    // The guard under SQLite kept a page back.
    default: extendedResultCode == .SQLITE_IOERR_DATA
    }
  }
}
