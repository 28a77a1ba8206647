/// The names of Rung's own format, as each line of it says.
package enum EntryFormat {
  /// Rows; a later version of the format has a later number.
  package static let name = "rung.ledger/2"
  /// Rows in CSV without the guard against formulas.
  package static let unguarded = "rung.ledger/2 unguarded"
  /// A line for each attempt.
  package static let attempts = "rung.ledger.attempts/2"
  /// A line for each rating.
  package static let ratings = "rung.ledger.ratings/1"
  package static let unguardedRatings = "rung.ledger.ratings/1 unguarded"

  /// What earlier versions wrote: without `parent`, `commit_point`, the attempts' `role` and what gates
  /// called.
  static let firstName = "rung.ledger/1"
  static let firstUnguarded = "rung.ledger/1 unguarded"
}

/// The columns of an exported row, in their order; JSON has the same names.
package enum EntryField: String, Hashable, Sendable, CaseIterable {
  case format, sequence, hash, id, time, settled, origin, status, reason
  case tenant, user, key, conversation
  case route, task, arm
  case modelAsked = "model_asked"
  case modelServed = "model_served"
  case streamed
  case currency, cost
  case costNanos = "cost_nanos"
  case certainty
  case inputTokens = "input_tokens"
  case cachedTokens = "cached_input_tokens"
  case outputTokens = "output_tokens"
  case firstByte = "first_byte_ms"
  case elapsed = "elapsed_ms"
  case cache, compression, batch, saved
  case savedNanos = "saved_nanos"
  case policy = "policy_fingerprint"
  case catalog = "catalog_fingerprint"
  case systemPrompt = "system_prompt_fingerprint"
  case body = "body_fingerprint"
  case facts, attempts, charges
  case parent
  case commitPoint = "commit_point"

  /// Those of format 2, which lines of format 1 lack.
  static let second: Set<EntryField> = [.parent, .commitPoint]
}

/// The columns of an exported attempt, in their order.
package enum AttemptField: String, Hashable, Sendable, CaseIterable {
  case format, sequence, id, time, tenant, user, key, route, task
  /// Its place among the attempts of its request, from 1.
  case place
  case model, provider, upstream
  case upstreamServed = "upstream_served"
  case region, ladder, tier, fallback, attempt, verdict, reason
  case inputTokens = "input_tokens"
  case cachedTokens = "cached_input_tokens"
  case cacheWrite = "cache_write_tokens"
  case cacheWriteLong = "cache_write_long_tokens"
  case outputTokens = "output_tokens"
  case reasoningTokens = "reasoning_tokens"
  case estimated
  case currency, cost
  case costNanos = "cost_nanos"
  case certainty
  case reserved
  case maxOutput = "max_output"
  case httpStatus = "http_status"
  case firstByte = "first_byte_ms"
  case latency = "latency_ms"
  case priceDate = "price_date"
  case parts, gates
  /// What the call was made for.
  case role

  /// Names that only lines of attempts have together.
  static let marks: Set<String> = [format.rawValue, place.rawValue, verdict.rawValue]
}
