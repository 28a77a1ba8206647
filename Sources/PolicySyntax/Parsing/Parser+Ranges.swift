import PolicyDiagnostics
import PolicySource

/// Ranges of other languages, read as the two tests they are.
extension Parser {
  /// `9..17` and `range(9, 17)` behind `in`, which are two tests; nil if neither stands here.
  mutating func range(
    of subject: Name, behind word: Span, after not: Span?, isNegated: Bool
  ) throws(Lost) -> Check? {
    let isCall =
      lexeme == .word && text(token) == "range" && nextLexeme == .symbol(.leftParenthesis)
    guard isCall || lexeme == .number && isRangeMark(behind: index) else { return nil }
    if isCall {
      advance()
      advance()
    }
    let isHalfOpen = isCall || text(tokens[index + 1]).hasSuffix("<")
    let low = try scalar()
    if isCall, take(.comma) == nil { throw lost(.symbol(.comma)) }
    let high = try scalar()
    if isCall, take(.rightParenthesis) == nil { throw lost(.symbol(.rightParenthesis)) }
    let tests =
      "\(subject.text) >= \(source.text(of: low.span)) and "
      + "\(subject.text) \(isHalfOpen ? "<" : "<=") \(source.text(of: high.span))"
    let instead = isNegated == (not != nil) ? tests : "not (\(tests))"
    let written = span(from: word.start)
    // Whether its last value belongs to a range is not the same everywhere.
    report(
      .borrowed(
        source.text(of: written), instead: instead,
        edits: [Edit(span(from: not?.start ?? subject.span.start), instead)], isSure: false),
      at: written)
    return .compare(.greaterOrEqual, operatorSpan: word, low)
  }

  private func isRangeMark(behind place: Int) -> Bool {
    lexemes[place + 1] == .junk && text(tokens[place + 1]).hasPrefix("..")
  }
}
