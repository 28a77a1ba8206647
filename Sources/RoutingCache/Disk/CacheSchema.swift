import DatabasePages

/// The file's format.
enum CacheSchema {
  /// In the file's `user_version`.
  ///
  /// Until version 2 pages had no checksums: such a file is set aside.
  static let version = 3

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
    // Ways to what a purge names.
    "CREATE INDEX answer_route ON answer (route, stored_ms)",
    "CREATE INDEX answer_tenant ON answer (tenant, stored_ms)",
    "CREATE INDEX answer_model ON answer (model, stored_ms)",
    "CREATE INDEX answer_stored ON answer (stored_ms)",
    // The question an answer is found by, with its vector: of one row the answer is the other half, so
    // it goes with it, whatever makes it go.
    """
    CREATE TABLE similar (
      answer INTEGER PRIMARY KEY,
      scope BLOB NOT NULL,
      key BLOB NOT NULL,
      route TEXT NOT NULL,
      question TEXT NOT NULL,
      vector BLOB NOT NULL,
      checksum BLOB NOT NULL
    )
    """,
    "CREATE INDEX similar_scope ON similar (scope, answer)",
    // How much there is, by route: kept by the triggers, so that nothing is ever counted through.
    """
    CREATE TABLE held (
      route TEXT PRIMARY KEY,
      entries INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      similar INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID
    """,
    """
    CREATE TRIGGER answer_comes AFTER INSERT ON answer BEGIN
      INSERT INTO held (route, entries, bytes) VALUES (new.route, 1, new.size)
      ON CONFLICT DO UPDATE SET entries = entries + 1, bytes = bytes + excluded.bytes;
    END
    """,
    """
    CREATE TRIGGER answer_goes AFTER DELETE ON answer BEGIN
      UPDATE held SET entries = entries - 1, bytes = bytes - old.size WHERE route = old.route;
      DELETE FROM similar WHERE answer = old.id;
    END
    """,
    """
    CREATE TRIGGER similar_comes AFTER INSERT ON similar BEGIN
      UPDATE held SET similar = similar + 1 WHERE route = new.route;
    END
    """,
    """
    CREATE TRIGGER similar_goes AFTER DELETE ON similar BEGIN
      UPDATE held SET similar = similar - 1 WHERE route = old.route;
    END
    """,
    """
    CREATE TABLE used (
      route TEXT PRIMARY KEY,
      hits INTEGER NOT NULL,
      misses INTEGER NOT NULL,
      similar INTEGER NOT NULL DEFAULT 0
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
    "PRAGMA user_version = 3",
    "PRAGMA application_id = \(DatabaseKind.cache)",
  ]
}
