extension LedgerSchema {
  /// What callers said of answers, in a chain of its own, and how many of them there are.
  static let third = [
    """
    CREATE TABLE rating (
      sequence INTEGER PRIMARY KEY,
      request TEXT NOT NULL,
      time_ms INTEGER NOT NULL,
      tenant TEXT,
      user TEXT,
      key_name TEXT,
      rating TEXT NOT NULL,
      score_millionths INTEGER NOT NULL,
      comment TEXT,
      hash BLOB NOT NULL
    )
    """,
    "CREATE INDEX rating_request ON rating (request)",
    "ALTER TABLE state ADD COLUMN ratings INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TRIGGER rating_no_update BEFORE UPDATE ON rating
    BEGIN SELECT RAISE(ABORT, 'ratings in the ledger are never changed'); END
    """,
    """
    CREATE TRIGGER rating_no_delete BEFORE DELETE ON rating
    BEGIN SELECT RAISE(ABORT, 'ratings in the ledger are never changed'); END
    """,
    """
    CREATE VIEW ratings_by_model AS
    SELECT model_served AS model, route, count(*) AS ratings,
      avg(score_millionths) / 1e6 AS mean_score
    FROM rating JOIN request ON request.id = rating.request
    WHERE \(counts) GROUP BY model_served, route ORDER BY mean_score DESC
    """,
  ]

  /// Whether a rating is its rater's newest of the request.
  static let counts = """
    NOT EXISTS (
      SELECT 1 FROM rating AS newer WHERE newer.request = rating.request
      AND newer.tenant IS rating.tenant AND newer.user IS rating.user
      AND newer.key_name IS rating.key_name AND newer.sequence > rating.sequence)
    """
}
