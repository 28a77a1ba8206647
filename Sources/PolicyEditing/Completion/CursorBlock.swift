import PolicySyntax

/// What stands between the braces or parentheses a cursor is in.
enum CursorBlock: Hashable {
  case facts, classifier, points, guarding, compress, ladder, route, split, arm
  case test, request, given, expect, always
  /// Of `@allow` and of a ladder.
  case allow, bounds
  /// Any other parentheses: a list, arguments, a part of a condition.
  case parentheses
  /// Braces no declaration has.
  case unknown

  var isParentheses: Bool {
    switch self {
    case .allow, .bounds, .parentheses: true
    case .facts, .classifier, .points, .guarding, .compress, .ladder, .route, .split, .arm, .test,
      .request, .given, .expect, .always, .unknown:
      false
    }
  }

  /// The words that open a line of the block, where its lines open with words.
  var heads: Set<String> {
    switch self {
    case .route:
      [
        "use", "refuse", "cache", "set", "default", "prepend", "append", "replace", "compress",
        "batch", "stick", "stop", "shadow", "split",
      ]
    case .arm: ["use", "set", "default", "prepend", "append", "replace"]
    case .ladder: ["tier", "on"]
    case .classifier: ["reads", "ask", "nearest", "http", "timeout", "on"]
    case .compress: ["target", "when", "to", "with"]
    case .guarding: ["only", "drop", "refuse"]
    case .test: ["request", "given", "expect"]
    case .facts, .points, .split, .request, .given, .expect, .always, .allow, .bounds, .parentheses,
      .unknown:
      []
    }
  }
}

/// A token before the cursor.
struct CursorPiece {
  let text: String
  let lexeme: Lexeme
  /// Whether nothing but blanks stands before it on its line, and whether not even those.
  let startsLine: Bool
  let startsAtMargin: Bool

  var isComparison: Bool {
    if case .symbol(let symbol) = lexeme {
      Comparison(rawValue: symbol.rawValue) != nil
    } else {
      false
    }
  }

  var isNumber: Bool { lexeme == .number }

  /// A value that is no word.
  var isLiteral: Bool {
    switch lexeme {
    case .number, .share, .duration, .money, .date, .string, .regex: true
    case .endOfFile, .broken, .junk, .word, .keyword, .symbol: false
    }
  }

  var isWord: Bool {
    switch lexeme {
    case .word, .keyword: true
    case .endOfFile, .broken, .junk, .symbol, .number, .share, .duration, .money, .date, .string,
      .regex:
      false
    }
  }
}
