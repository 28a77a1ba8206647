package import PolicySource

/// Every byte of a file, in order: tokens with the trivia (spaces, newlines, comments) between them.
package struct TokenStream: Sendable {
  package let tokens: [Token]
}

/// One token and the trivia before it.
///
/// The last token is always `endOfFile`, so trailing trivia is kept too.
package struct Token: Hashable, Sendable {
  package let kind: Kind
  package let span: Span
  /// Where the trivia before this token starts; it ends where the token starts.
  package let triviaStart: UInt32

  package enum Kind: Hashable, Sendable {
    case word, number, share, duration, money, date, string, regex, symbol
    /// Bytes no token starts with; a diagnostic has said so.
    case unknown
    case endOfFile
  }
}
