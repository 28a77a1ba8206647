/// The quoted words of `grammar/rung.ebnf`.
///
/// Most are words like any other where the grammar asks for WORD (`finish = stop`); none of them can
/// be the NAME of a declaration.
package enum Keyword: String, Hashable, Sendable, CaseIterable {
  // Declarations.
  case rung, catalog, zone, `import`, condition, facts, classifier, points, task, budget, limit
  case gate, ladder, compress, `guard`, route, otherwise, test, always
  // Conditions.
  case when, and, or, not, `in`, mentions, contains, has, starts, with, matches
  // Units of a count.
  case tokens, chars, bytes, lines
  // Facts and classifiers.
  case bool, count, text, required, from, key, header
  case reads, ask, nearest, `else`, http, timeout, on, failure
  // Budgets and limits.
  case requests, at, once, per
  // Gates and ladders.
  case reject, accept, maxBudget = "max_budget", maxTime = "max_time", tier
  case exhausted, `return`, best, last, fail, filtered, climb, failed, stop
  case firstToken = "first_token", attempts, maxOutput = "max_output", minOutput = "min_output"
  case effort
  // Compressions and guards.
  case target, to, only, models, `where`, drop, tools, refuse
  // Routes.
  case cache, exact, similar, by, `for`, shared, batch, up, within, stick, after, shadow, use
  case fallback, split, `as`, set, `default`, prepend, append, replace, system, file
  // Tests and suppressions.
  case request, given, expect, fails, reason, until

  /// The words that open a declaration.
  static let declarations: [Keyword] = [
    .catalog, .zone, .import, .condition, .facts, .classifier, .points, .task, .budget, .limit,
    .gate, .ladder, .compress, .guard, .route, .otherwise, .test, .always,
  ]

  /// The words that can never be read as a WORD: without them no condition has an end.
  package static let reserved: [Keyword] = [.when, .and, .or, .not, .in]

  var isReserved: Bool { Self.reserved.contains(self) }
}

/// What a request or an answer can be asked about; none of these can be the NAME of a declaration.
package enum FieldName {
  static let all = Set(ofRequest + ofAnswer)

  package static let ofRequest: [String] = [
    "model", "stream", "max_tokens", "temperature", "format", "tools", "images", "messages", "turn",
    "prompt", "system", "question", "context", "language", "tenant", "user", "key", "conversation",
    "task", "hour", "weekday", "date", "healthy",
  ]

  package static let ofAnswer: [String] = [
    "refusal", "json", "same_language", "cites_context", "repeats_question", "schema", "answer",
    "length", "finish", "judge", "agrees", "similar", "logprob", "http", "mix",
  ]
}
