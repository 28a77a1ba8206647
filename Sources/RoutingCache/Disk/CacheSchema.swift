/// The file's format.
enum CacheSchema {
  /// "RUNC": tells the file from any other database; the statement that sets it spells it out.
  static let applicationID = 1_381_322_307
  /// "RUNG": a ledger.
  static let ledgerID = 1_380_273_735
  /// In the file's `user_version`.
  static let version = 1

  static let tables = [
    """
    CREATE TABLE answer (
      id INTEGER PRIMARY KEY,
      scope BLOB NOT NULL,
      key BLOB NOT NULL,
      route TEXT NOT NULL,
      tenant TEXT,
      model TEXT NOT NULL,
      request TEXT NOT NULL,
      stored_ms INTEGER NOT NULL,
      expiry_ms INTEGER NOT NULL,
      size INTEGER NOT NULL,
      cost_nanos INTEGER,
      currency TEXT NOT NULL,
      input_tokens INTEGER,
      cached_input_tokens INTEGER,
      output_tokens INTEGER,
      checksum BLOB NOT NULL,
      body BLOB NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX answer_key ON answer (key, scope)",
    "CREATE INDEX answer_expiry ON answer (expiry_ms)",
    "CREATE INDEX answer_request ON answer (request)",
    // How much there is, by route: kept by the triggers, so that nothing is ever counted through.
    """
    CREATE TABLE held (
      route TEXT PRIMARY KEY,
      entries INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TRIGGER answer_comes AFTER INSERT ON answer BEGIN
      INSERT INTO held VALUES (new.route, 1, new.size)
      ON CONFLICT DO UPDATE SET entries = entries + 1, bytes = bytes + excluded.bytes;
    END
    """,
    """
    CREATE TRIGGER answer_goes AFTER DELETE ON answer BEGIN
      UPDATE held SET entries = entries - 1, bytes = bytes - old.size WHERE route = old.route;
    END
    """,
    """
    CREATE TABLE used (
      route TEXT PRIMARY KEY,
      hits INTEGER NOT NULL,
      misses INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    // For the other processes that have the file open.
    """
    CREATE TABLE purge (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      route TEXT,
      tenant TEXT,
      model TEXT,
      before_ms INTEGER
    )
    """,
    "PRAGMA user_version = 1",
    "PRAGMA application_id = 1381322307",
  ]
}
