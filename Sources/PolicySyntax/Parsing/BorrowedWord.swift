/// Words of other languages, and what a policy calls the same.
///
/// Each holds where one of the grammar's words is expected, and nowhere else: a route may well be called
/// `if`, and `is` is a language of a request.
enum BorrowedWord {
  /// What is meant by a word where only these keywords can stand; nil if it is nobody's word for one.
  static func meaning(of word: String, among keywords: [Keyword]) -> Keyword? {
    meanings[word.lowercased()]?.first(where: keywords.contains)
  }

  /// What is meant by a word behind the subject of a condition.
  static func comparison(_ word: String) -> Comparison? { comparisons[word.lowercased()] }

  private static let comparisons: [String: Comparison] = [
    "is": .equal, "equals": .equal, "eq": .equal, "isnt": .notEqual, "ne": .notEqual,
    "neq": .notEqual, "gt": .greater, "gte": .greaterOrEqual, "ge": .greaterOrEqual, "lt": .less,
    "lte": .lessOrEqual, "le": .lessOrEqual, "above": .greater, "over": .greater,
    "exceeds": .greater, "below": .less, "under": .less,
  ]

  /// Of several meanings the first that can stand at the place is taken.
  private static let meanings: [String: [Keyword]] = {
    let words: [(Keyword, [String])] = [
      (.when, ["if", "where"]),
      (.otherwise, ["else", "default", "fallback", "catch_all"]),
      (
        .facts,
        ["fact", "field", "fields", "attribute", "attributes", "input", "inputs", "metadata"]
      ),
      (.route, ["rule", "match", "case"]),
      (.limit, ["rate_limit", "ratelimit", "throttle"]),
      (.budget, ["spend", "spending", "cost_limit", "max_cost"]),
      (.ladder, ["cascade", "chain"]),
      (.use, ["model", "ladder", "send", "call", "target", "to"]),
      (.refuse, ["deny", "reject", "block", "forbid", "error"]),
      (.split, ["experiment", "weights", "weighted", "ab_test"]),
      (.tier, ["model", "step", "try", "stage", "use"]),
      (.for, ["ttl", "expires"]),
      (.attempts, ["tries"]),
      (.maxOutput, ["max_tokens", "max_completion_tokens", "max_output_tokens"]),
      (.maxBudget, ["budget", "max_cost", "cost", "max_price"]),
      (.maxTime, ["deadline", "max_latency", "timeout"]),
      (.contains, ["includes", "include"]),
      (.has, ["includes", "include"]),
      (.matches, ["regex", "regexp"]),
      (.starts, ["begins"]),
    ]
    return words.reduce(into: [:]) { meanings, entry in
      for word in entry.1 { meanings[word, default: []].append(entry.0) }
    }
  }()
}
