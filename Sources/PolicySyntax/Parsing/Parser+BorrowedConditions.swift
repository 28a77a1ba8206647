import PolicyDiagnostics
import PolicySource

/// Conditions as other languages write them, read as what they mean.
extension Parser {
  /// `"when" cond` where it must stand.
  mutating func whenCondition() -> Condition {
    if let condition = unlessCondition() { return condition }
    if lexeme == .symbol(.equal) {
      reportHere(.borrowedWord("=", instead: "when"))
      advance()
    } else {
      expect(.when)
    }
    return bracedCondition() ?? condition()
  }

  /// `[ "when" cond ]`.
  mutating func optionalWhen() -> Condition? {
    if let condition = unlessCondition() { return condition }
    guard takeWhen() else { return nil }
    return bracedCondition() ?? condition()
  }

  var isUnless: Bool { lexeme == .word && text(token).lowercased() == "unless" }

  /// `unless cond`, which is `when not (cond)`; nil if it does not stand here.
  private mutating func unlessCondition() -> Condition? {
    guard isUnless, !startsLine else { return nil }
    let word = here
    advance()
    let inner = condition()
    report(
      .borrowed(
        source.text(of: word), instead: "when not",
        edits: Self.negation(of: inner, word, "when"), isSure: true), at: word)
    return .not(.group(inner, inner.span), word.union(inner.span))
  }

  /// `cond unless cond`, behind the first one; nil if it does not stand here.
  mutating func unlessJoined(_ first: Condition) -> Condition? {
    guard isUnless, nesting < PolicyParser.deepestNesting else { return nil }
    nesting += 1
    defer { nesting -= 1 }
    let word = here
    advance()
    let rest = condition()
    var edits = Self.negation(of: rest, word, "and")
    if case .or = first { edits = Self.parentheses(first.span) + edits }
    report(
      .borrowed(source.text(of: word), instead: "and not", edits: edits, isSure: true), at: word)
    return .and(
      [first, .not(.group(rest, rest.span), word.union(rest.span))], first.span.union(rest.span))
  }

  /// The edits that write `when not` or `and not` before a condition, in parentheses if it needs them.
  private static func negation(of inner: Condition, _ word: Span, _ keyword: String) -> [Edit] {
    let isBare =
      switch inner {
      case .group, .missing: true
      case .term(let term): term.check == nil
      case .and, .or, .not: false
      }
    return [Edit(word, "\(keyword) not")] + (isBare ? [] : parentheses(inner.span))
  }

  private static func parentheses(_ span: Span) -> [Edit] {
    [
      Edit(Span(file: span.file, start: span.start, end: span.start), "("),
      Edit(Span(file: span.file, start: span.end, end: span.end), ")"),
    ]
  }

  /// `when { cond } {`: braces hold lines; nil unless they hold a condition and a block follows.
  private mutating func bracedCondition() -> Condition? {
    guard lexeme == .symbol(.leftBrace), holdsCondition else { return nil }
    let opened = here
    advance()
    let inner = condition()
    let closed = here
    guard take(.rightBrace) != nil else { return inner }
    let whole = opened.union(closed)
    report(
      .borrowed(
        source.text(of: whole), instead: source.text(of: inner.span),
        edits: [Edit(opened, ""), Edit(closed, "")], isSure: true), at: whole)
    return inner
  }

  /// Whether the brace here closes soon, and another opens right behind.
  private var holdsCondition: Bool {
    switch nextLexeme {
    case .word, .keyword(.not), .symbol(.leftParenthesis): break
    default: return false
    }
    for place in index + 1..<min(index + 64, lexemes.count - 1) {
      if lexemes[place] == .symbol(.leftBrace) { return false }
      if lexemes[place] == .symbol(.rightBrace) {
        return lexemes[place + 1] == .symbol(.leftBrace)
      }
    }
    return false
  }

  // MARK: - Subjects

  /// A subject in quotes, or one that stands behind what it is held against; nil if neither is here.
  mutating func borrowedTerm() throws(Lost) -> Term? {
    switch lexeme {
    case .string:
      return nextLexeme == .keyword(.in) ? try textInField() : nil
    case .number, .share, .duration, .money, .date:
      guard case .symbol(let symbol) = nextLexeme, symbol.comparison != nil,
        lexemes[min(nextIndex + 1, lexemes.count - 1)] == .word
      else { return nil }
      return try reversed()
    default:
      return nil
    }
  }

  /// `"x" in question`, which is `question contains "x"`; nil if a list follows.
  private mutating func textInField() throws(Lost) -> Term? {
    guard lexemes[min(nextIndex + 1, lexemes.count - 1)] == .word else { return nil }
    let start = start
    let literal = text(token)
    let value = try scalar()
    let place = here
    advance()
    let subject = try word("a text such as `question`")
    reportBorrowed(from: start, instead: "\(subject.text) contains \(literal)")
    let list = ValueList(values: [value], isParenthesized: false, span: value.span)
    return Term(
      subject: subject, arguments: nil, check: .text(.contains, operatorSpan: place, list),
      span: span(from: start))
  }

  /// `4k < prompt.tokens`, where the field stands first; `4k < prompt.tokens < 8k` is two such tests.
  private mutating func reversed() throws(Lost) -> Term? {
    let start = start
    let value = try scalar()
    guard case .symbol(let symbol) = lexeme, let comparison = symbol.comparison else { return nil }
    let place = here
    advance()
    let subject = try word("a field such as `prompt.tokens`")
    let turned = comparison.turned
    let first = "\(subject.text) \(turned.rawValue) \(source.text(of: value.span))"
    let isChained: Bool
    if case .symbol(let next) = lexeme, next.comparison != nil {
      isChained = true
    } else {
      isChained = false
    }
    let edit = Edit(span(from: start), isChained ? "\(first) and \(subject.text)" : first)
    if isChained {
      advance()
      _ = try self.value()
    }
    reportBorrowed(
      from: start, instead: isChained ? "\(first) and …" : first, edits: [edit])
    return Term(
      subject: subject, arguments: nil,
      check: .compare(turned, operatorSpan: place, value), span: span(from: start))
  }

  /// `"plan" = pro`: a name in quotes that something is held against; nil if it is none.
  mutating func quotedSubject() -> Name? {
    switch nextLexeme {
    case .symbol(let symbol) where symbol.comparison != nil: return quotedWord()
    case .keyword(.in), .keyword(.not): return quotedWord()
    case .keyword(let keyword) where TextOperator(keyword) != nil: return quotedWord()
    case .keyword(.starts), .keyword(.matches): return quotedWord()
    default: return nil
    }
  }

  /// `metadata["plan"]`, which is the fact `plan`; nil if no bracket follows the subject.
  mutating func lookedUp(_ subject: Name) throws(Lost) -> Name? {
    guard lexeme == .symbol(.leftParenthesis), text(token) == "[" else { return nil }
    let start = subject.span.start
    let key = nextLexeme == .string ? source.text(of: tokens[nextIndex].span) : ""
    let close = lexemes[min(nextIndex + 1, lexemes.count - 1)]
    passBalanced()
    let whole = span(from: start)
    let name = String(key.dropFirst().dropLast())
    let isName =
      name.utf8.first?.isLetter == true
      && name.utf8.allSatisfy { $0.isWordByte && !$0.isCapital }
    let owner = subject.text.split(separator: ".").last.map(String.init) ?? ""
    let owners = ["metadata", "facts", "input", "context", "request", "body", "labels", "tags"]
    if isName, owners.contains(owner), close == .symbol(.rightParenthesis) {
      reportBorrowed(from: start, instead: name)
      return Name(name, at: whole)
    }
    report(
      .elsewhere(
        "nothing is looked up in brackets: \(quoted(source.text(of: whole)))",
        advice: owner.hasSuffix("headers") || owner.hasSuffix("header")
          ? "a fact reads a header: `facts { NAME : text = \"\" from header \(key.isEmpty ? "\"…\"" : key) }`"
          : "what a caller tells is declared in `facts`; `question` is the last message"),
      at: whole)
    explain(whole)
    throw Lost()
  }

  // MARK: - Checks

  /// Checks that are spelled with other words; nil if the word here is none of them.
  mutating func borrowedCheck(of subject: Name) throws(Lost) -> Check? {
    guard lexeme == .word else { return nil }
    let written = text(token)
    switch written.lowercased() {
    case "in":
      reportHere(.unknownKeyword(written, .word, near: "in"))
      advance()
      return .membership(negated: false, try list())
    case "startswith", "starts_with", "hasprefix", "has_prefix":
      let start = start
      advance()
      reportBorrowed(from: start, instead: "starts with")
      return .startsWith(try string(), operatorSpan: span(from: start))
    case "endswith", "ends_with", "ends", "hassuffix", "like", "ilike":
      return try borrowedPattern(written.lowercased())
    case "between":
      return try between(subject)
    default:
      return nil
    }
  }

  /// `between 4k and 8k`, read as its first half; the cure writes both.
  private mutating func between(_ subject: Name) throws(Lost) -> Check? {
    let start = here
    advance()
    let low = try value()
    if isJoiner { advance() } else { expect(.and) }
    let point = Span(file: source.id, start: self.start, end: self.start)
    _ = try value()
    report(
      .borrowed(
        source.text(of: start), instead: ">= … and \(subject.text) <= …",
        edits: [Edit(start, ">="), Edit(point, "\(subject.text) <= ")], isSure: true), at: start)
    return .compare(.greaterOrEqual, operatorSpan: start, low)
  }

  /// `like "%x%"` and `endswith "x"`, as the test that does the same.
  private mutating func borrowedPattern(_ word: String) throws(Lost) -> Check? {
    let start = here
    advance()
    if word == "ends" { _ = take(.with) }
    let isQuoted = source.bytes[Int(here.end) - 1] == UInt8(ascii: "'")
    guard lexeme == .string || token.kind == .string && isQuoted else { throw lost(.string) }
    let place = here
    let content = String(source.text(of: here).dropFirst().dropLast())
    advance()
    var inner = Substring(content)
    let isLike = word.hasSuffix("like")
    let isOpen = isLike && inner.hasPrefix("%")
    if isOpen { inner.removeFirst() }
    let isOpenBehind = isLike && inner.hasSuffix("%")
    if isOpenBehind { inner.removeLast() }
    let isPlain = !inner.isEmpty && !inner.contains { "%_\"\\".contains($0) }
    let literal = StringLiteral(value: String(inner), span: place)
    guard isPlain, !isLike || isOpen || isOpenBehind else {
      reportBorrowed(from: start.start, instead: "matches /…/", edits: [])
      throw Lost()
    }
    if isLike, isOpenBehind {
      let list = ValueList(
        values: [Value(.string(literal.value), at: place)], isParenthesized: false, span: place)
      reportBorrowed(
        from: start.start,
        instead: isOpen ? "contains \"\(inner)\"" : "starts with \"\(inner)\"", isSure: false)
      return isOpen
        ? .text(.contains, operatorSpan: start, list) : .startsWith(literal, operatorSpan: start)
    }
    let escaped = inner.map { ".()[]{}|?*+^$/".contains($0) ? "\\\($0)" : String($0) }.joined()
    reportBorrowed(from: start.start, instead: "matches /\(escaped)$/", isSure: false)
    let pattern = escaped.replacing("\\/", with: "/") + "$"
    return .matches(RegexLiteral(pattern: pattern, span: place), operatorSpan: start)
  }
}

extension Comparison {
  /// The same with its sides changed: `4 < x` is `x > 4`.
  var turned: Comparison {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
