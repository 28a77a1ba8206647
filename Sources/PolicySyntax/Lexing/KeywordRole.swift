/// What a keyword does where it is one, for all that colour policies.
package enum KeywordRole: String, Sendable, CaseIterable {
  /// Opens a declaration.
  case declaration
  /// Says what follows in a line of a declaration.
  case clause
  /// Joins or tests, in a condition.
  case `operator`
  /// What a fact may be.
  case type
  /// What is counted.
  case unit
}

extension Keyword {
  /// Its one role; a word that can stand in several places has the one it has most often.
  package var role: KeywordRole {
    switch self {
    case .rung, .catalog, .zone, .import, .condition, .facts, .classifier, .points, .task, .budget,
      .limit, .gate, .ladder, .compress, .guard, .route, .otherwise, .test, .always:
      .declaration
    case .and, .or, .not, .in, .mentions, .contains, .has, .starts, .matches:
      .operator
    case .bool, .count, .text:
      .type
    case .tokens, .chars, .bytes, .lines:
      .unit
    case .when, .with, .required, .from, .key, .header, .reads, .ask, .nearest, .else, .http,
      .timeout, .on, .failure, .requests, .at, .once, .per, .reject, .accept, .maxBudget, .maxTime,
      .tier, .exhausted, .return, .best, .last, .fail, .filtered, .climb, .failed, .stop,
      .firstToken, .attempts, .maxOutput, .minOutput, .effort, .target, .to, .only, .models, .where,
      .drop, .tools, .refuse, .cache, .exact, .similar, .by, .for, .shared, .batch, .up, .within,
      .stick, .after, .shadow, .use, .fallback, .split, .as, .set, .default, .prepend, .append,
      .replace, .system, .file, .request, .given, .expect, .fails, .reason, .until:
      .clause
    }
  }
}
