import PolicyDiagnostics
import PolicySource

/// `check` of the grammar: what a term holds its subject against.
extension Parser {
  mutating func check(of subject: Name, after not: Span?) throws(Lost) -> Check? {
    if let check = try spokenCheck(of: subject, after: not) { return check }
    switch lexeme {
    case .symbol(let symbol):
      guard let comparison = symbol.comparison else { return nil }
      return try compare(comparison, subject, after: not)
    case .keyword(.in):
      let span = here
      advance()
      if let range = try range(of: subject, behind: span, after: not, isNegated: false) {
        return range
      }
      if let not {
        report(
          .notBeforeComparison(not: not, comparison: span, instead: "not in"),
          at: Self.gap(not, subject))
      }
      return .membership(negated: false, try list())
    case .keyword(.not):
      return try negatedCheck(of: subject, after: not)
    case .keyword(let keyword):
      if let check = try quantifiedCheck(keyword, of: subject, after: not) { return check }
      return try textCheck(keyword)
    case .word:
      if let check = try spokenVerb(of: subject, after: not) { return check }
      if let check = try quantifiedList(from: start, isNegated: false) { return check }
      if let comparison = BorrowedWord.comparison(text(token)) {
        return try borrowedComparison(comparison, subject, after: not)
      }
      if let check = try borrowedCheck(of: subject, after: not) { return check }
      return try misspelledCheck(of: subject)
    case .number, .share, .duration, .money, .date, .string, .regex, .endOfFile, .junk, .broken:
      return nil
    }
  }

  /// From a `not` to the subject behind it.
  private static func gap(_ not: Span, _ subject: Name) -> Span {
    Span(file: not.file, start: not.start, end: subject.span.start)
  }

  /// From the comparison on, or from the last of the `words` that say it.
  mutating func compare(
    _ comparison: Comparison, _ subject: Name, after not: Span?, words: Span? = nil
  ) throws(Lost) -> Check {
    let operatorSpan = words ?? here
    advance()
    if comparison == .equal,
      let range = try range(of: subject, behind: operatorSpan, after: not, isNegated: false)
    {
      return range
    }
    if lexeme == .symbol(.leftParenthesis), comparison == .equal || comparison == .notEqual {
      return try comparedList(comparison, subject, operatorSpan, after: not)
    }
    if comparison == .equal || comparison == .notEqual { passEither() }
    let start = start
    let value = try self.value()
    if case .number(_, unit: nil) = value.kind {
      passGroups(from: start)
      try passMinutes(of: value, comparison, operatorSpan)
    }
    let list = try commaList(comparison, of: subject, operatorSpan, value)
    var isContinued = goesOn
    while list == nil, case .symbol(let symbol) = lexeme, symbol.comparison != nil {
      // A `not` is of the whole chain, and is cured with it.
      if not == nil { report(.chainedComparison(subject: subject.text), at: here) }
      isContinued = true
      advance()
      _ = try self.value()
    }
    if let not {
      let gap = Self.gap(not, subject)
      report(
        isContinued
          ? .notOfSeveral(subject.text)
          : .notBeforeComparison(
            not: not, comparison: operatorSpan, instead: comparison.opposite.rawValue), at: gap)
    }
    return list ?? .compare(comparison, operatorSpan: operatorSpan, value)
  }

  /// `= (free, pro)`, which is `in (free, pro)`.
  private mutating func comparedList(
    _ comparison: Comparison, _ subject: Name, _ place: Span, after not: Span?
  ) throws(Lost) -> Check {
    let isNegated = (comparison == .notEqual) != (not != nil)
    let word = isNegated ? "not in" : "in"
    let gap = not.map { [Edit(Self.gap($0, subject), "")] } ?? []
    report(
      .borrowed(
        source.text(of: place), instead: word, edits: gap + [Edit(place, word)], isSure: true),
      at: place)
    return .membership(negated: isNegated, try list())
  }

  /// Whether `and` or `or` goes on with what is no test by itself.
  private var goesOn: Bool {
    guard lexeme == .keyword(.and) || lexeme == .keyword(.or) else { return false }
    switch nextLexeme {
    case .string, .number, .share, .money, .duration, .date: return true
    case .symbol(let symbol): return symbol.comparison != nil
    case .keyword(let keyword):
      return keyword == .in || keyword == .starts || keyword == .matches
        || TextOperator(keyword) != nil
    default: return false
    }
  }

  /// `is`, `is not`, `over` and their like, read as the symbol a policy has for it.
  private mutating func borrowedComparison(
    _ comparison: Comparison, _ subject: Name, after not: Span?
  ) throws(Lost) -> Check? {
    let start = start
    let word = text(token).lowercased()
    let isShort = ["isn't", "isn’t", "aren't", "aren’t"].contains(word)
    let isPlain = comparison == .equal || isShort
    var meant = comparison
    if isPlain, !isShort, nextLexeme == .keyword(.not) {
      advance()
      meant = .notEqual
    }
    if isPlain, let check = try spokenBehindIs(meant, subject, from: start) { return check }
    var end = here.end
    // What stands behind says it again: `is in (…)`, `is >= 4k`, `is above 500`.
    if isPlain, !isShort, says(nextLexeme, nextIndex) {
      end = meant == .equal ? end : tokens[index - 1].span.end
      reportBorrowed(from: start, to: end, instead: "")
      if meant == .equal { advance() }
      return try nextCheck(of: subject, after: not)
    }
    if nextLexeme == .symbol(.leftParenthesis), meant == .equal || meant == .notEqual {
      reportBorrowed(from: start, to: end, instead: meant == .equal ? "in" : "not in")
      advance()
      return .membership(negated: meant == .notEqual, try list())
    }
    let span = Span(file: source.id, start: start, end: end)
    if isCutShort {
      report(
        .borrowed(source.text(of: span), instead: meant.rawValue, edits: [], isSure: false),
        at: span)
      passCondition()
      forgiveHere()
      throw Lost()
    }
    reportBorrowed(from: start, to: end, instead: meant.rawValue)
    // A `not` in front of all is said when this is cured: two cures of one place would not fit.
    return try compare(meant, subject, after: nil)
  }

  /// What may go on behind `is` or `is not`: `at most 3`, `one of (…)`, `empty`; nil if none does.
  private mutating func spokenBehindIs(
    _ meant: Comparison, _ subject: Name, from start: UInt32
  ) throws(Lost) -> Check? {
    let isNegated = meant == .notEqual
    if isNegated, text(token).lowercased() != "not", nextLexeme == .keyword(.in) {
      advance()
      reportBorrowed(from: start, to: here.end, instead: "not in")
      advance()
      return .membership(negated: true, try list())
    }
    let word = nextLexeme == .word ? BorrowedWord.comparison(text(tokens[nextIndex])) : nil
    if let spoken = spokenComparison(at: nextIndex) ?? (isNegated ? word.map { ($0, 1) } : nil) {
      let comparison = isNegated ? spoken.comparison.opposite : spoken.comparison
      for _ in 0..<spoken.count { advance() }
      let words = Span(file: source.id, start: start, end: here.end)
      report(.borrowedWord(source.text(of: words), instead: comparison.rawValue), at: words)
      return try compare(comparison, subject, after: nil, words: words)
    }
    if quantifier(at: nextIndex) != nil {
      advance()
      return try quantifiedList(from: start, isNegated: isNegated)
    }
    let isWord = nextLexeme == .word && !startsLine(nextIndex)
    if isWord, isEmptiness(at: nextIndex) {
      advance()
      try passEmptiness(of: subject, from: start, isNegated: isNegated)
    }
    return nil
  }

  /// Whether the value behind the word here goes on with another word: then it is none.
  private var isCutShort: Bool {
    guard nextLexeme == .word, !startsLine(nextIndex),
      text(tokens[nextIndex]).lowercased() != "either"
    else { return false }
    let place = min(nextIndex + 1, lexemes.count - 1)
    let words = ["and", "or", "unless", "but", "AND", "OR"]
    return lexemes[place] == .word && !startsLine(place) && !words.contains(text(tokens[place]))
  }

  /// Whether a token begins a check by itself.
  private func says(_ lexeme: Lexeme, _ place: Int) -> Bool {
    switch lexeme {
    case .symbol(let symbol): symbol.comparison != nil
    case .keyword(.in): true
    case .word: BorrowedWord.comparison(text(tokens[place])) != nil
    default: false
    }
  }

  private mutating func reportBorrowed(from start: UInt32, to end: UInt32, instead: String) {
    let span = Span(file: source.id, start: start, end: end)
    report(.borrowedWord(source.text(of: span), instead: instead), at: span)
  }

  /// `not in (…)`, or a `not` that belongs in front.
  private mutating func negatedCheck(of subject: Name, after not: Span?) throws(Lost) -> Check? {
    let span = here
    advance()
    if take(.in) != nil {
      if let range = try range(of: subject, behind: span, after: not, isNegated: true) {
        return range
      }
      if let not {
        let gap = Span(file: not.file, start: not.start, end: subject.span.start)
        report(
          .notBeforeComparison(
            not: not, comparison: span.union(self.span(from: span.start)), instead: "in"),
          at: gap)
      }
      return .membership(negated: true, try list())
    }
    if lexeme == .word, text(token).lowercased() == "between" {
      return try between(subject, after: span)
    }
    report(.notAfterSubject(subject: subject.span, check: here), at: span)
    return try nextCheck(of: subject, after: nil)
  }

  /// The check behind a word that was none: `is is is …` nests like parentheses.
  private mutating func nextCheck(of subject: Name, after not: Span?) throws(Lost) -> Check? {
    guard nesting < PolicyParser.deepestNesting else {
      report(.nestedTooDeep(limit: PolicyParser.deepestNesting), at: here)
      passCondition()
      forgiveHere()
      throw Lost()
    }
    nesting += 1
    defer { nesting -= 1 }
    return try check(of: subject, after: not)
  }

  mutating func textCheck(_ keyword: Keyword) throws(Lost) -> Check? {
    let operatorSpan = here
    if let textOperator = TextOperator(keyword) {
      advance()
      return .text(textOperator, operatorSpan: operatorSpan, try valueOrList())
    }
    if keyword == .starts {
      advance()
      expect(.with)
      return .startsWith(try string(), operatorSpan: span(from: operatorSpan.start))
    }
    guard keyword == .matches else { return nil }
    advance()
    return .matches(try regex(), operatorSpan: operatorSpan)
  }

  /// A word where a check could stand that is nearly one.
  private mutating func misspelledCheck(of subject: Name) throws(Lost) -> Check? {
    let operators: [Keyword] =
      subject.text == "tools" ? [.has, .in] : [.mentions, .contains, .has, .starts, .matches, .in]
    guard text(token).utf8.count > 2, let keyword = meant(operators) else { return nil }
    if keyword == .in {
      advance()
      return .membership(negated: false, try list())
    }
    return try textCheck(keyword)
  }

  // MARK: - Lists

  mutating func valueOrList() throws(Lost) -> ValueList {
    if lexeme == .symbol(.leftParenthesis) { return try list() }
    let start = start
    var values = [try value()]
    guard lexeme == .symbol(.comma) else {
      return ValueList(values: values, isParenthesized: false, span: span(from: start))
    }
    while take(.comma) != nil { values.append(try value()) }
    report(.missingParentheses(span(from: start)), at: span(from: start))
    return ValueList(values: values, isParenthesized: true, span: span(from: start))
  }

  /// Whether one more value stands behind a list: `in group "admins"`.
  private var goesOnWithValue: Bool {
    guard !startsLine else { return false }
    switch lexeme {
    case .string, .number, .share, .money, .duration, .date: return true
    case .word: return !isJoiner && !isUnless && text(token).lowercased() != "but"
    default: return false
    }
  }

  private static func isApart(_ byte: UInt8) -> Bool {
    byte.isBlank || byte.isNewline || "{}),#".utf8.contains(byte)
  }

  /// `free or pro` and `free | pro` behind `in`; nil if no more values follow.
  private mutating func joinedList(_ first: ValueList) throws(Lost) -> ValueList? {
    var values = first.values
    while lexeme == .keyword(.or) || lexeme == .symbol(.bar),
      nextLexeme == .string || nextLexeme == .word && isDeclaredValue(text(tokens[nextIndex]))
    {
      advance()
      values.append(try value())
    }
    guard values.count > first.values.count else { return nil }
    let span = span(from: first.span.start)
    let written = "(" + values.map { source.text(of: $0.span) }.joined(separator: ", ") + ")"
    report(
      .borrowed(
        source.text(of: span), instead: written, edits: [Edit(span, written)], isSure: false),
      at: span)
    return ValueList(values: values, isParenthesized: true, span: span)
  }

  /// `"(" value { "," value } ")"`.
  mutating func list() throws(Lost) -> ValueList {
    let start = start
    if let list = try bracedList() { return list }
    guard lexeme == .symbol(.leftParenthesis) else {
      let list = try valueOrList()
      if list.isParenthesized { return list }
      if let all = try joinedList(list) { return all }
      // What stands right behind may belong to it: then no parentheses would cure it.
      let next = Int(list.span.end)
      let isTight = next < source.bytes.count && !Self.isApart(source.bytes[next])
      if !isTight, goesOnWithValue {
        report(.brokenList, at: list.span)
        passCondition()
        forgiveHere()
        throw Lost()
      }
      report(isTight ? .brokenList : .missingParentheses(list.span), at: list.span)
      return list
    }
    let opened = here
    advance()
    var values = [try value()]
    while takeSeparator() {
      if lexeme == .symbol(.rightParenthesis) {
        reportExpected(.value)
        break
      }
      values.append(try value())
    }
    close(.rightParenthesis, .leftParenthesis, opened: opened)
    return ValueList(values: values, isParenthesized: true, span: span(from: start))
  }
}

extension Parser {
  /// The comma between two values of a list, or what other languages have there.
  private mutating func takeSeparator() -> Bool {
    let isComma = take(.comma) != nil
    guard lexeme == .keyword(.or) || lexeme == .symbol(.bar) && !isComma else { return isComma }
    let word = Span(file: source.id, start: end, end: here.end)
    report(
      .borrowed(
        text(token), instead: ",", edits: [Edit(word, isComma ? "" : ",")], isSure: true), at: here)
    advance()
    return true
  }
}

extension TextOperator {
  init?(_ keyword: Keyword) { self.init(rawValue: keyword.rawValue) }
}
