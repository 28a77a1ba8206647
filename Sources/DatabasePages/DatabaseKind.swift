/// What a file of Rung's says it is, in SQLite's `application_id`: four letters, the first one highest.
package enum DatabaseKind {
  /// "RUNG".
  package static let ledger = 0x5255_4E47
  /// "RUNC".
  package static let cache = 0x5255_4E43
}
