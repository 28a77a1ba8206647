import CSQLiteGuard

/// What the first bytes of a database file say, read before SQLite believes any of it.
package struct DatabaseHeader: Hashable, Sendable {
  /// There is nothing in the file.
  package let isEmpty: Bool
  package let isDatabase: Bool
  /// Its pages have checksums.
  package let isGuarded: Bool
  /// `PRAGMA user_version`: a log beside the file may hold a newer one.
  package let version: Int
  /// `PRAGMA application_id`: a log beside the file may hold another, if this is 0.
  package let application: Int

  /// Reads it without letting go of any lock this process has on the file; nil if it cannot be read.
  package init?(of path: String) {
    var header = csqlite_header()
    guard unsafe csqlite_guard_header(path, &header) == 0 else { return nil }
    isEmpty = header.is_empty
    isDatabase = header.is_database
    isGuarded = header.is_guarded
    version = Int(header.version)
    application = Int(header.application)
  }
}
