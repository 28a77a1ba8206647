package import PolicySource

/// Holds a formatted text against what it was made of, before anything is written.
package enum FormatCheck {
  package enum Outcome: Hashable, Sendable {
    case same
    /// The first token that differs, in the original.
    case tokensDiffer(at: Span)
    /// The first comment that differs, as the original had it.
    case commentsDiffer(String)
  }

  /// Whether both texts have the same tokens, and the same comments between the same tokens.
  ///
  /// Blanks behind a comment do not count. O(n).
  package static func compare(_ original: SourceFile, _ formatted: String) -> Outcome {
    let other = SourceFile(id: original.id, path: original.path, text: formatted)
    let before = PolicyLexer.tokens(of: original)
    let after = PolicyLexer.tokens(of: other)
    for index in before.indices {
      guard index < after.count, before[index].kind == after[index].kind,
        bytes(before[index], original) == bytes(after[index], other)
      else { return .tokensDiffer(at: before[index].span) }
    }
    guard before.count == after.count else { return .tokensDiffer(at: original.span) }
    let comments = comments(before, original)
    let others = self.comments(after, other)
    for (index, comment) in comments.enumerated() {
      guard index < others.count, others[index] == comment else {
        return .commentsDiffer(comment.text)
      }
    }
    return comments.count == others.count ? .same : .commentsDiffer(others[comments.count].text)
  }

  private struct PlacedComment: Hashable {
    let token: Int
    let text: String
  }

  private static func bytes(_ token: Token, _ source: SourceFile) -> ArraySlice<UInt8> {
    source.bytes[Int(token.span.start)..<Int(token.span.end)]
  }

  private static func comments(_ tokens: [Token], _ source: SourceFile) -> [PlacedComment] {
    tokens.enumerated().flatMap { index, token in
      TriviaContent(token, of: source.bytes, isFirst: index == 0).comments
        .map { PlacedComment(token: index, text: $0.text) }
    }
  }
}
