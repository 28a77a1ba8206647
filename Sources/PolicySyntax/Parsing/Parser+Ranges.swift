import PolicyDiagnostics
import PolicySource
import PolicyUnits

/// Ranges of other languages, read as the two tests they are.
extension Parser {
  /// `9..17` and `range(9, 17)` behind `in`, which are two tests; nil if neither stands here.
  mutating func range(
    of subject: Name, behind word: Span, after not: Span?, isNegated: Bool
  ) throws(Lost) -> Check? {
    let isCall =
      lexeme == .word && text(token) == "range" && nextLexeme == .symbol(.leftParenthesis)
    guard isCall || isRangeMark(behind: index) else { return nil }
    if isCall {
      advance()
      advance()
    }
    let isHalfOpen = isCall || text(tokens[index + 1]).hasSuffix("<")
    let low = try scalar()
    if isCall, take(.comma) == nil { throw lost(.symbol(.comma)) }
    let high = try scalar()
    if isCall, take(.rightParenthesis) == nil { throw lost(.symbol(.rightParenthesis)) }
    let isBackward = Self.isBelow(high, low)
    let tests =
      "\(subject.text) >= \(source.text(of: low.span)) \(isBackward ? "or" : "and") "
      + "\(subject.text) \(isHalfOpen ? "<" : "<=") \(source.text(of: high.span))"
    let isTurned = isNegated != (not != nil)
    let instead = isTurned ? "not (\(tests))" : isBackward ? "(\(tests))" : tests
    let written = span(from: word.start)
    // Over midnight an hour is at either end; of anything else nobody knows what is meant. Whether
    // its last value belongs to a range is not the same everywhere.
    if isBackward, subject.text != "hour" {
      reportBackward(at: written)
    } else {
      let edit = Edit(span(from: not?.start ?? subject.span.start), instead)
      report(
        .borrowed(source.text(of: written), instead: instead, edits: [edit], isSure: false),
        at: written)
    }
    return .compare(.greaterOrEqual, operatorSpan: word, low)
  }

  /// A range whose first value is above its last one.
  mutating func reportBackward(at span: Span) {
    report(
      .elsewhere(
        "nothing is in \(quoted(source.text(of: span)))",
        advice: "a range goes from the least to the most"), at: span)
  }

  static func isBelow(_ value: Value, _ other: Value) -> Bool {
    guard case .number(let one, _) = value.kind, case .number(let two, _) = other.kind,
      let first = one.whole, let second = two.whole
    else { return false }
    return first < second
  }

  private func isRangeMark(behind place: Int) -> Bool {
    place + 1 < lexemes.count && lexemes[place + 1] == .junk
      && text(tokens[place + 1]).hasPrefix("..")
  }
}
