import PolicyDiagnostics
import PolicySource
import PolicyUnits

/// Ranges of other languages, read as the two tests they are, or as the list of days.
extension Parser {
  /// `9..17` and `range(9, 17)` behind `in`, which are two tests; nil if neither stands here.
  mutating func range(
    of subject: Name, behind word: Span, after not: Span?, isNegated: Bool
  ) throws(Lost) -> Check? {
    if let days = try dayRange(behind: word, isNegated: isNegated) { return days }
    let isCall =
      lexeme == .word && text(token) == "range" && nextLexeme == .symbol(.leftParenthesis)
    let isWrapped = lexeme == .symbol(.leftParenthesis) && isRangeMark(behind: nextIndex)
    let isDashed = source.text(of: word) == "in" && isDash(behind: index)
    guard isCall || isWrapped || isDashed || isRangeMark(behind: index) else { return nil }
    if isCall || isWrapped { advance() }
    if isCall { advance() }
    guard tokens.indices.contains(index + 1) else { throw lost(.value) }
    let mark = tokens[index + 1].span
    let isHalfOpen = isCall || text(tokens[index + 1]).hasSuffix("<")
    if lexeme == .broken { explain(mark) }
    let low = try scalar()
    if isCall, take(.comma) == nil { throw lost(.symbol(.comma)) }
    if lexeme == .broken { explain(mark) }
    let high = try scalar()
    if isCall || isWrapped, take(.rightParenthesis) == nil {
      throw lost(.symbol(.rightParenthesis))
    }
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
    explain(written)
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

  /// Whether `-17` goes on directly behind `9`.
  private func isDash(behind place: Int) -> Bool {
    place + 2 < lexemes.count && lexemes[place] == .number && lexemes[place + 2] == .number
      && text(tokens[place + 1]) == "-" && tokens[place + 1].span.start == tokens[place].span.end
  }

  // MARK: - Days and times of day

  /// `monday..friday` and `mon-fri` behind `in`, which are a list of days; nil if neither is here.
  private mutating func dayRange(behind word: Span, isNegated: Bool) throws(Lost) -> Check? {
    let isWrapped = lexeme == .symbol(.leftParenthesis)
    let first = isWrapped ? nextIndex : index
    guard lexemes[first] == .word else { return nil }
    let isMarked = isRangeMark(behind: first)
    let last = isMarked ? min(first + 2, lexemes.count - 1) : first
    let ends =
      isMarked
      ? [text(tokens[first]), text(tokens[last])]
      : text(tokens[first]).split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2, let days = BorrowedWord.days(from: ends[0], to: ends[1]),
      !isWrapped || lexemes[min(last + 1, lexemes.count - 1)] == .symbol(.rightParenthesis)
    else { return nil }
    let start = start
    while index <= last { advance() }
    if isWrapped { advance() }
    let list = "(\(days.joined(separator: ", ")))"
    let isCompared = source.text(of: word) == "="
    reportBorrowed(
      from: start, instead: list,
      edits: (isCompared ? [Edit(word, "in")] : []) + [Edit(span(from: start), list)])
    let values = days.map { Value(.word($0), at: span(from: start)) }
    return .membership(
      negated: isNegated, ValueList(values: values, isParenthesized: true, span: span(from: start)))
  }

  /// `9:00`, behind its hour: hours are whole, and hold from their first minute to their last.
  mutating func passMinutes(
    of hour: Value, _ comparison: Comparison, _ operatorSpan: Span
  ) throws(Lost) {
    guard lexeme == .symbol(.colon), here.start == hour.span.end, nextLexeme == .number,
      tokens[nextIndex].span.start == here.end, tokens[nextIndex].span.count == 2
    else { return }
    let start = hour.span.start
    let isFull = text(tokens[nextIndex]) == "00"
    advance()
    advance()
    let written = span(from: start)
    // From nine on is the hour 9, and until five are the hours below 17.
    let bound: Comparison? =
      switch comparison {
      case .greater, .greaterOrEqual: .greaterOrEqual
      case .less, .lessOrEqual: .less
      case .equal, .notEqual: nil
      }
    let hours = text(of: hour)
    let cure = isFull ? bound.map { "\($0.rawValue) \(hours)" } : nil
    guard let cure else {
      report(
        .elsewhere(
          "\(quoted(source.text(of: written))) is no number",
          advice: "`hour` is the whole hour from 0 to 23: `hour >= 9 and hour < 17` holds from "
            + "9:00 to 16:59"), at: written)
      return
    }
    let whole = Span(file: source.id, start: operatorSpan.start, end: written.end)
    report(
      .borrowed(
        source.text(of: whole), instead: cure, edits: [Edit(whole, cure)], isSure: false),
      at: whole)
  }

  /// The figure of a value without leading zeros: `9` of `09`.
  private func text(of value: Value) -> String {
    guard case .number(let number, _) = value.kind, let whole = number.whole else {
      return source.text(of: value.span)
    }
    return "\(whole)"
  }
}
