/// Common questions, for whoever opens the file with `sqlite3 -readonly`.
enum LedgerViews {
  /// As of the second format: what was called beside a request counts as cost, not as a request.
  static let second = [
    "DROP VIEW cost_by_day", "DROP VIEW cost_by_tenant", "DROP VIEW cost_by_route",
    "DROP VIEW why_it_moved_on",
    """
    CREATE VIEW cost_by_day AS
    SELECT date(time_ms / 1000, 'unixepoch') AS day, currency,
      sum(parent IS NULL) AS requests, sum(cost_nanos) / 1e9 AS cost,
      sum(cost_nanos IS NULL) AS unknown_costs
    FROM request GROUP BY day, currency ORDER BY day
    """,
    """
    CREATE VIEW cost_by_tenant AS
    SELECT tenant, currency, sum(parent IS NULL) AS requests, sum(cost_nanos) / 1e9 AS cost,
      sum(cost_nanos IS NULL) AS unknown_costs
    FROM request GROUP BY tenant, currency ORDER BY cost DESC
    """,
    """
    CREATE VIEW cost_by_route AS
    SELECT route, currency, sum(parent IS NULL) AS requests, sum(cost_nanos) / 1e9 AS cost,
      avg(CASE WHEN parent IS NULL THEN elapsed_ms END) AS mean_elapsed_ms
    FROM request GROUP BY route, currency ORDER BY cost DESC
    """,
    """
    CREATE VIEW cost_by_role AS
    SELECT role, model, count(*) AS calls, sum(input_tokens) AS input_tokens,
      sum(output_tokens) AS output_tokens, sum(cost_nanos) / 1e9 AS cost,
      avg(latency_ms) AS mean_latency_ms
    FROM attempt WHERE attempt > 0 GROUP BY role, model ORDER BY cost DESC
    """,
    """
    CREATE VIEW why_it_moved_on AS
    SELECT ladder, tier, model, verdict, reason, count(*) AS times
    FROM attempt WHERE role = 'answer'
    GROUP BY ladder, tier, model, verdict, reason ORDER BY times DESC
    """,
  ]
}
