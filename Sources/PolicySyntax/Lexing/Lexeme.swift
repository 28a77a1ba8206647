/// What the parser sees of a token: its kind, and which keyword or symbol it is.
///
/// A foreign spelling (`&&`, `==`, `[`) already is what was meant, so that it costs one message.
package enum Lexeme: Hashable, Sendable {
  case endOfFile
  /// A literal or word the lexer has complained about: it stands for whatever is expected.
  case broken
  /// Bytes the lexer has complained about that stand for nothing: the parser passes over them.
  case junk
  case word
  case keyword(Keyword)
  case symbol(Symbol)
  case number, share, duration, money, date, string, regex
}

package enum Symbol: String, Hashable, Sendable, CaseIterable {
  case leftBrace = "{"
  case rightBrace = "}"
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case comma = ","
  case colon = ":"
  case bar = "|"
  case allow = "@allow"
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  var comparison: Comparison? { Comparison(rawValue: rawValue) }
}

/// The tokens of a file, what the parser sees of each, and what was wrong with the characters.
package struct LexedFile: Sendable {
  package let stream: TokenStream
  /// One for each token.
  package let lexemes: [Lexeme]
  /// False for a file too large or in another encoding: of what it says nothing is known.
  let isRead: Bool
}
