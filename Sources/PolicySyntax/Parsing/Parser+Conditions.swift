import PolicyDiagnostics
import PolicySource

/// `cond` of the grammar.
extension Parser {
  /// A condition; `missing` where none could be read.
  mutating func condition() -> Condition {
    let start = start
    let introducer = index - 1
    var terms = [term()]
    var joiners: [(isAnd: Bool, span: Span)] = []
    var isContinued = false
    var isMixed = false
    while let joiner = takeJoiner(introducer) {
      joiners.append(joiner)
      isMixed = isMixed || joiner.isAnd != joiners[0].isAnd
      let next = continued(terms[terms.count - 1], isAnd: joiner.isAnd, isMixed: isMixed)
      if next != nil { isContinued = true }
      terms.append(next ?? term())
    }
    guard let first = joiners.first else { return unlessJoined(terms[0]) ?? terms[0] }
    let whole = span(from: start)
    if let other = joiners.first(where: { $0.isAnd != first.isAnd }) {
      return mixed(
        terms, joiners, other: other.span, first: first.span, isContinued: isContinued, whole)
    }
    let all: Condition = first.isAnd ? .and(terms, whole) : .or(terms, whole)
    return unlessJoined(all) ?? all
  }

  private mutating func takeJoiner(_ introducer: Int) -> (isAnd: Bool, span: Span)? {
    if outline != nil, lexeme == .keyword(.and) || lexeme == .keyword(.or) {
      mark(.joiner)
      outline?.introducers[index] = introducer
    }
    if let span = take(.and) { return (true, span) }
    if let span = take(.or) { return (false, span) }
    if let span = commaJoiner() { return (true, span) }
    if let span = butJoiner() { return (true, span) }
    if lexeme == .keyword(.when), !startsLine {
      let span = here
      advance()
      reportBorrowed(from: span.start, instead: "and", isSure: false)
      return (true, span)
    }
    guard isJoiner else { return nil }
    let written = text(token)
    let lowercased = written.lowercased()
    reportHere(
      .unknownKeyword(written, .word, near: lowercased))
    let span = here
    advance()
    return (lowercased == "and", span)
  }

  /// Whether `AND` or `Or` stands here.
  var isJoiner: Bool {
    lexeme == .word && ["and", "or"].contains(text(token).lowercased())
  }

  /// Read as if `and` bound tighter, which is what the fix-it writes down.
  private mutating func mixed(
    _ terms: [Condition], _ joiners: [(isAnd: Bool, span: Span)], other: Span, first: Span,
    isContinued: Bool, _ whole: Span
  ) -> Condition {
    var groups: [[Condition]] = [[terms[0]]]
    for (joiner, term) in zip(joiners, terms.dropFirst()) {
      if joiner.isAnd { groups[groups.count - 1].append(term) } else { groups.append([term]) }
    }
    let parts = groups.map { group in
      let span = group[0].span.union(group[group.count - 1].span)
      return group.count == 1 ? group[0] : Condition.group(.and(group, span), span)
    }
    let wrapped = zip(groups, parts).filter { $0.0.count > 1 }.map(\.1.span)
    // A value of the test before it is no test: where parentheses belong, it does not say.
    let hasValue =
      isContinued
      || terms.contains { term in
        guard case .term(let term) = term, term.check == nil, term.arguments == nil else {
          return false
        }
        return isDeclaredValue(term.subject.text)
      }
    report(.mixedJoiners(first: first, groups: hasValue ? [] : wrapped), at: other)
    return .or(parts, whole)
  }

  // MARK: - Terms

  private mutating func term() -> Condition {
    passEither()
    let start = start
    var firstNot: Span?
    var secondNot: Span?
    var nots = 0
    while let span = takeNot() {
      nots += 1
      if nots == 1 { firstNot = span }
      if nots == 2 { secondNot = span }
    }
    if let firstNot, let secondNot {
      report(.repeatedNot(first: firstNot, count: nots), at: secondNot)
    }
    let inner: Condition
    if lexeme == .symbol(.leftParenthesis) {
      inner = group()
    } else {
      do {
        inner = .term(try plainTerm(after: firstNot))
      } catch {
        passCondition()
        return .missing(span(from: min(start, end)))
      }
    }
    return firstNot == nil ? inner : .not(inner, span(from: start))
  }

  /// `not`, in capitals too where a word follows: no name is written so.
  private mutating func takeNot() -> Span? {
    if let span = take(.not) { return span }
    guard lexeme == .word, text(token) == "NOT",
      nextLexeme == .word || nextLexeme == .symbol(.leftParenthesis)
    else { return nil }
    reportHere(.unknownKeyword("NOT", .word, near: "not"))
    let span = here
    advance()
    return span
  }

  /// `( cond )`.
  private mutating func group() -> Condition {
    let opened = here
    guard nesting < PolicyParser.deepestNesting else {
      report(.nestedTooDeep(limit: PolicyParser.deepestNesting), at: opened)
      passBalanced()
      forgiveHere()
      return .missing(span(from: opened.start))
    }
    nesting += 1
    defer { nesting -= 1 }
    advance()
    let inner = condition()
    close(.rightParenthesis, .leftParenthesis, opened: opened)
    return .group(inner, span(from: opened.start))
  }

  private mutating func plainTerm(after not: Span?) throws(Lost) -> Term {
    let start = start
    if let term = try borrowedTerm(after: not) { return term }
    var subject = try self.subject()
    if let inner = try lookedUp(subject) { subject = inner }
    var arguments = lexeme == .symbol(.leftParenthesis) ? try arguments(of: subject) : nil
    if arguments?.isEmpty == true { arguments = nil }
    let check = try self.check(of: subject, after: not)
    if check == nil { try passUnreadCheck(of: subject) }
    return Term(subject: subject, arguments: arguments, check: check, span: span(from: start))
  }

  /// What stands behind a subject and is no check: without it nothing is known of the test.
  private mutating func passUnreadCheck(of subject: Name) throws(Lost) {
    let isBehindJunk = lexemes[index - 1] == .junk && !startsLine
    let isWord = lexeme == .word && !startsLine && !isUnless && !isJoiner
    guard isBehindJunk || isWord else { return }
    if !isBehindJunk {
      let advice = BorrowedAdvice.instead(of: text(token), in: "option")
      reportHere(.noTest(text(token), of: subject.text, advice: advice))
    }
    // A block that is missing behind it may be what was meant.
    passCondition()
    forgiveHere()
    throw Lost()
  }

  private mutating func subject() throws(Lost) -> Name {
    if lexeme == .string, let name = quotedSubject() { return name }
    switch lexeme {
    case .number, .share, .duration, .money, .date, .string, .symbol, .endOfFile, .junk, .regex:
      throw lost(.condition)
    case .word, .keyword, .broken:
      noteUse()
      return try word("a condition")
    }
  }

  /// `"(" argument { "," argument } ")"`.
  mutating func arguments(of subject: Name) throws(Lost) -> [Argument] {
    let opened = here
    mark(.tight)
    advance()
    if lexeme == .symbol(.rightParenthesis), !subject.text.contains(".") {
      try passEmptyCall(of: subject)
      return []
    }
    if lexeme == .symbol(.rightParenthesis), let dot = subject.text.lastIndex(of: ".") {
      advance()
      let start =
        subject.span.start
        + UInt32(subject.text.utf8.distance(from: subject.text.startIndex, to: dot))
      let call = span(from: start)
      report(
        .elsewhere(
          "nothing is called on a field: \(quoted(source.text(of: call)))",
          advice: "`mentions` finds whole words in any case, `contains` exact text, `matches "
            + "/(?i)…/` any text in any case"),
        at: call)
      throw Lost()
    }
    var arguments = [try argument()]
    while take(.comma) != nil { arguments.append(try argument()) }
    close(.rightParenthesis, .leftParenthesis, opened: opened)
    return arguments
  }

  private mutating func argument() throws(Lost) -> Argument {
    let start = start
    let share = lexeme == .share ? try scalar() : nil
    switch lexeme {
    case .word, .keyword, .string: break
    case .number, .share, .duration, .money, .date, .symbol, .endOfFile, .junk, .regex, .broken:
      throw lost(.word("a word or a text in quotes"))
    }
    return Argument(share: share, value: try value(), span: span(from: start))
  }
}
