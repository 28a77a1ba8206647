import GRDB

/// The file's format, step by step; a step that was released once never changes.
enum LedgerSchema {
  /// In the file's `user_version`; a file with a later one is refused by name.
  static let version = 3

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      for statement in rows + beside + views { try db.execute(sql: statement) }
      for table in ["request", "attempt", "gate", "charge"] {
        for change in ["UPDATE", "DELETE"] {
          try db.execute(
            sql: """
              CREATE TRIGGER "\(table)_no_\(change.lowercased())" BEFORE \(change) ON "\(table)"
              BEGIN SELECT RAISE(ABORT, 'rows of the ledger are never changed'); END
              """)
        }
      }
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { db in
      for statement in second { try db.execute(sql: statement) }
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { db in
      for statement in third { try db.execute(sql: statement) }
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    return migrator
  }

  /// What the chain covers.
  private static let rows = [
    """
    CREATE TABLE request (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      time_ms INTEGER NOT NULL,
      tenant TEXT,
      user TEXT,
      key_name TEXT,
      conversation TEXT,
      policy_fingerprint TEXT,
      catalog_fingerprint TEXT,
      system_prompt_fingerprint TEXT,
      body_fingerprint TEXT,
      route TEXT,
      task TEXT,
      arm TEXT,
      model_asked TEXT NOT NULL,
      model_served TEXT,
      status TEXT NOT NULL,
      reason TEXT,
      is_streamed INTEGER NOT NULL,
      currency TEXT NOT NULL,
      cost_nanos INTEGER,
      cost_certainty TEXT NOT NULL,
      cache TEXT,
      compression TEXT,
      batch_items INTEGER,
      saved_nanos INTEGER,
      first_byte_ms INTEGER,
      elapsed_ms INTEGER NOT NULL,
      settled_ms INTEGER,
      facts BLOB NOT NULL,
      origin TEXT,
      hash BLOB NOT NULL
    )
    """,
    "CREATE INDEX request_id ON request (id)",
    "CREATE INDEX request_time ON request (time_ms)",
    """
    CREATE TABLE attempt (
      sequence INTEGER NOT NULL,
      place INTEGER NOT NULL,
      model TEXT,
      provider TEXT,
      upstream TEXT,
      upstream_served TEXT,
      region TEXT,
      ladder TEXT,
      tier INTEGER,
      is_fallback INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      verdict TEXT NOT NULL,
      reason TEXT,
      input_tokens INTEGER,
      cached_input_tokens INTEGER,
      cache_write_tokens INTEGER,
      cache_write_long_tokens INTEGER,
      output_tokens INTEGER,
      reasoning_tokens INTEGER,
      is_estimated INTEGER,
      input_picos INTEGER NOT NULL,
      cached_input_picos INTEGER NOT NULL,
      cache_write_picos INTEGER NOT NULL,
      cache_write_long_picos INTEGER NOT NULL,
      output_picos INTEGER NOT NULL,
      reasoning_picos INTEGER NOT NULL,
      fee_picos INTEGER NOT NULL,
      cost_nanos INTEGER,
      cost_certainty TEXT NOT NULL,
      reserved_nanos INTEGER,
      max_output_tokens INTEGER,
      http_status INTEGER,
      first_byte_ms INTEGER,
      latency_ms INTEGER NOT NULL,
      price_date TEXT,
      PRIMARY KEY (sequence, place)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE gate (
      sequence INTEGER NOT NULL,
      attempt_place INTEGER NOT NULL,
      place INTEGER NOT NULL,
      name TEXT NOT NULL,
      score_millionths INTEGER,
      is_accepted INTEGER NOT NULL,
      has_failed INTEGER NOT NULL,
      cost_nanos INTEGER,
      cost_certainty TEXT NOT NULL,
      PRIMARY KEY (sequence, attempt_place, place)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE charge (
      sequence INTEGER NOT NULL,
      place INTEGER NOT NULL,
      budget TEXT NOT NULL,
      unit TEXT NOT NULL,
      owner TEXT,
      window TEXT NOT NULL,
      window_start TEXT NOT NULL,
      amount INTEGER NOT NULL,
      PRIMARY KEY (sequence, place)
    ) WITHOUT ROWID
    """,
  ]

  /// What is kept beside the chain, and what is only under way.
  private static let beside = [
    "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), commits INTEGER NOT NULL)",
    "INSERT INTO state VALUES (1, 0)",
    """
    CREATE TABLE counter (
      budget TEXT NOT NULL,
      unit TEXT NOT NULL,
      owner TEXT NOT NULL,
      window TEXT NOT NULL,
      window_start TEXT NOT NULL,
      amount INTEGER NOT NULL,
      PRIMARY KEY (budget, unit, owner, window, window_start)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE open_request (
      id TEXT PRIMARY KEY,
      time_ms INTEGER NOT NULL,
      expiry_ms INTEGER NOT NULL,
      claims BLOB NOT NULL,
      progress BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE idempotency (
      owner TEXT NOT NULL,
      key TEXT NOT NULL,
      body TEXT NOT NULL,
      request TEXT NOT NULL,
      state TEXT NOT NULL,
      status INTEGER,
      answer BLOB,
      expiry_ms INTEGER NOT NULL,
      PRIMARY KEY (owner, key)
    )
    """,
    "CREATE TABLE policy (fingerprint TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
    """
    CREATE TABLE prompt (
      request TEXT PRIMARY KEY,
      prompt BLOB NOT NULL,
      answer BLOB,
      expiry_ms INTEGER NOT NULL
    )
    """,
    "CREATE INDEX prompt_expiry ON prompt (expiry_ms)",
    """
    CREATE TABLE loss (
      found_ms INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      commits INTEGER NOT NULL,
      head_sequence INTEGER NOT NULL,
      head_hash BLOB NOT NULL
    )
    """,
  ]

  /// What each call was for, what gates called, whose row a row is beside.
  ///
  /// Rows of the first format read as what they are: every call of theirs was one for an answer.
  private static let second =
    [
      "ALTER TABLE request ADD COLUMN parent TEXT",
      "ALTER TABLE request ADD COLUMN commit_point TEXT",
      "ALTER TABLE attempt ADD COLUMN role TEXT NOT NULL DEFAULT 'answer'",
      "ALTER TABLE gate ADD COLUMN model TEXT",
      "ALTER TABLE gate ADD COLUMN calls INTEGER NOT NULL DEFAULT 0",
      "CREATE INDEX request_parent ON request (parent) WHERE parent IS NOT NULL",
    ] + LedgerViews.second

  /// Common questions, for whoever opens the file with `sqlite3 -readonly`.
  private static let views = [
    """
    CREATE VIEW cost_by_day AS
    SELECT date(time_ms / 1000, 'unixepoch') AS day, currency, count(*) AS requests,
      sum(cost_nanos) / 1e9 AS cost, sum(cost_nanos IS NULL) AS unknown_costs
    FROM request GROUP BY day, currency ORDER BY day
    """,
    """
    CREATE VIEW cost_by_tenant AS
    SELECT tenant, currency, count(*) AS requests, sum(cost_nanos) / 1e9 AS cost,
      sum(cost_nanos IS NULL) AS unknown_costs
    FROM request GROUP BY tenant, currency ORDER BY cost DESC
    """,
    """
    CREATE VIEW cost_by_route AS
    SELECT route, currency, count(*) AS requests, sum(cost_nanos) / 1e9 AS cost,
      avg(elapsed_ms) AS mean_elapsed_ms
    FROM request GROUP BY route, currency ORDER BY cost DESC
    """,
    """
    CREATE VIEW cost_by_model AS
    SELECT model, count(*) AS calls, sum(input_tokens) AS input_tokens,
      sum(cached_input_tokens) AS cached_input_tokens, sum(output_tokens) AS output_tokens,
      sum(attempt.cost_nanos) / 1e9 AS cost, avg(latency_ms) AS mean_latency_ms
    FROM attempt WHERE attempt > 0 GROUP BY model ORDER BY cost DESC
    """,
    """
    CREATE VIEW why_it_moved_on AS
    SELECT ladder, tier, model, verdict, reason, count(*) AS times
    FROM attempt GROUP BY ladder, tier, model, verdict, reason ORDER BY times DESC
    """,
    """
    CREATE VIEW who_changed_the_prompt AS
    SELECT route, system_prompt_fingerprint, count(*) AS requests,
      datetime(min(time_ms) / 1000, 'unixepoch') AS first_seen,
      datetime(max(time_ms) / 1000, 'unixepoch') AS last_seen
    FROM request GROUP BY route, system_prompt_fingerprint ORDER BY min(time_ms)
    """,
  ]
}
