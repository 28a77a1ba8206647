import PolicyDiagnostics
import PolicySource
import PolicyUnits

/// The small steps: one token that must be there.
extension Parser {
  /// A keyword that must stand here; if it does not, reading goes on as if it did.
  mutating func expect(_ keyword: Keyword) {
    if take(keyword) != nil { return }
    if isBorrowed([keyword]) || lexeme == .word, meant([keyword]) != nil { return advance() }
    if keyword == .when, lexeme == .symbol(.colon) { return expectWhenBehindColon() }
    reportExpected(.keyword(keyword), insert: keyword.rawValue)
  }

  /// `route a: when …` and `route a: …`, as other languages head a block.
  private mutating func expectWhenBehindColon() {
    if nextLexeme == .keyword(.when) || isBorrowed([.when], at: nextIndex) {
      reportHere(.inFront(found, of: Keyword.when.rawValue, advice: nil, here))
      advance()
      if take(.when) == nil, meant([.when]) != nil { advance() }
    } else {
      reportHere(.borrowedWord(text(token), instead: " when"))
      advance()
    }
  }

  /// Takes `when` where a condition may follow and need not.
  mutating func takeWhen() -> Bool {
    if take(.when) != nil { return true }
    guard !startsLine, isBorrowed([.when]), meant([.when]) != nil else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol) {
    if take(symbol) != nil { return }
    if symbol == .greaterOrEqual, lexeme == .symbol(.greater) || lexeme == .symbol(.equal) {
      reportHere(.borrowedWord(text(token), instead: symbol.rawValue))
      return advance()
    }
    let isOther = lexeme == .symbol(symbol == .equal ? .colon : .equal)
    guard symbol == .equal || symbol == .colon,
      isOther || symbol == .equal && lexeme == .keyword(.when)
    else {
      // A brace says that more than a symbol is missing.
      let insertion = lexeme == .symbol(.leftBrace) ? nil : symbol.rawValue
      return reportExpected(.symbol(symbol), insert: insertion)
    }
    reportHere(.borrowedWord(text(token), instead: isOther ? symbol.rawValue : "="))
    advance()
  }

  /// One of a few keywords; a near miss is reported and read as what was meant.
  mutating func keyword(_ choices: [Keyword], _ expectation: Expectation? = nil) throws(Lost)
    -> Keyword
  {
    if case .keyword(let keyword) = lexeme, choices.contains(keyword) {
      advance()
      return keyword
    }
    guard let keyword = meant(choices) else { throw lost(expectation ?? .oneOf(choices)) }
    advance()
    return keyword
  }

  /// The keyword of these that a word stands for which is none of them; nil if it stands for none.
  ///
  /// Another language's word for it, or a near miss: it is reported, and still to be passed over.
  mutating func meant(_ choices: [Keyword], at place: UnknownPlace = .word) -> Keyword? {
    guard token.kind == .word else { return nil }
    let written = text(token)
    if let keyword = BorrowedWord.meaning(of: written, among: choices) {
      reportHere(.borrowedWord(written, instead: keyword.rawValue))
      return keyword
    }
    guard let near = NearName.of(written, among: choices.map(\.rawValue)),
      let keyword = Keyword(rawValue: near)
    else { return nil }
    reportHere(.unknownKeyword(written, place, near: near))
    return keyword
  }

  func isBorrowed(_ choices: [Keyword], at place: Int? = nil) -> Bool {
    let token = tokens[place ?? index]
    return token.kind == .word && BorrowedWord.meaning(of: text(token), among: choices) != nil
  }

  /// Reports what was expected, for a `throw`.
  mutating func lost(_ expectation: Expectation, advice: String? = nil) -> Lost {
    if lexeme == .broken { advance() } else { reportExpected(expectation, advice: advice) }
    return Lost()
  }

  // MARK: - Words

  /// Any WORD.
  mutating func word(_ thing: String) throws(Lost) -> Name {
    if lexeme == .string, !startsLine, let name = quotedWord() { return name }
    guard token.kind == .word, !isReservedHere, !isDeclarationStart else {
      throw lost(.word(thing))
    }
    let name = Name(text(token), at: here)
    advance()
    return name
  }

  /// A WORD that names a declaration, which no keyword can.
  mutating func reference(_ thing: String) throws(Lost) -> Name {
    if token.kind == .word, !startsLine, isDeclaredAnyway(text(token)) {
      noteUse()
      let name = Name(text(token), at: here)
      advance()
      return name
    }
    if case .keyword = lexeme { throw lost(.word(thing)) }
    if lexeme == .word, Self.problem(of: text(token), lexeme, thing) != nil {
      reportExpected(.word(thing))
    }
    return try word(thing)
  }

  private var isReservedHere: Bool {
    if case .keyword(let keyword) = lexeme { keyword.isReserved } else { false }
  }

  /// The NAME of a declaration, or nil if there is none before `followers`.
  mutating func name(of thing: String, before followers: [Lexeme]) -> Name? {
    if lexeme == .string, !startsLine, let name = quotedName() { return name }
    let isMissing = followers.contains(lexeme) && !followers.contains(nextLexeme)
    guard token.kind == .word, !isMissing, !isDeclarationStart else {
      reportExpected(.name(of: thing))
      if !followers.contains(lexeme), followers.contains(nextLexeme), token.kind != .endOfFile {
        advance()
      }
      return nil
    }
    let name = Name(text(token), at: here)
    if case .keyword = lexeme {
      reservedNames.declared.append((name, thing))
    } else if let problem = Self.problem(of: name.text, lexeme, thing) {
      report(problem, at: here)
    }
    advance()
    return name
  }

  /// A name in quotes, read as the word that could stand there; nil if none comes of it.
  mutating func quotedName() -> Name? {
    let written = source.text(of: here).dropFirst().dropLast()
    let name = written.lowercased().replacing(" ", with: "_")
    guard let first = name.utf8.first, first.isLetter, name.utf8.allSatisfy(\.isWordByte),
      Keyword(rawValue: name) == nil, !FieldName.all.contains(name)
    else { return nil }
    report(.quotedName(text(token), instead: name), at: here)
    advance()
    return Name(name, at: tokens[index - 1].span)
  }

  /// The same of a fact, whose quotes are no news where its name is none.
  mutating func quotedFactName() throws(Lost) -> Name? {
    if let name = quotedName() { return name }
    let written = String(source.text(of: here).dropFirst().dropLast())
    guard Keyword(rawValue: written) != nil || FieldName.all.contains(written) else {
      throw lost(.name(of: "fact"))
    }
    report(
      .reservedName(written, of: "fact", isKeyword: Keyword(rawValue: written) != nil, uses: nil),
      at: here)
    advance()
    return Name(written, at: tokens[index - 1].span)
  }

  /// A reference in quotes that is a word without them.
  mutating func quotedWord() -> Name? {
    let written = String(source.text(of: here).dropFirst().dropLast())
    let isWord = written.utf8.allSatisfy {
      $0.isWordByte || $0 == .dash || $0 == .dot || $0 == .slash
    }
    guard lexeme == .string, isWord, written.utf8.first?.isLetter == true,
      written.utf8.last?.isWordByte == true
    else { return nil }
    report(.quotedName(text(token), instead: written), at: here)
    advance()
    return Name(written, at: tokens[index - 1].span)
  }

  private static func problem(
    of name: String, _ lexeme: Lexeme, _ thing: String
  ) -> ConditionProblem? {
    if lexeme == .broken { return nil }
    if case .keyword = lexeme {
      return .reservedName(name, of: thing, isKeyword: true, uses: nil)
    }
    let isNameByte = { (byte: UInt8) in byte.isWordByte && !byte.isCapital }
    guard name.utf8.allSatisfy(isNameByte) else {
      let repaired = name.lowercased().map { $0.utf8.allSatisfy(isNameByte) ? String($0) : "_" }
      return .malformedName(name, repaired: repaired.joined())
    }
    if FieldName.all.contains(name) {
      return .reservedName(name, of: thing, isKeyword: false, uses: nil)
    }
    return nil
  }

  // MARK: - Literals

  mutating func string() throws(Lost) -> StringLiteral {
    if lexeme == .word, !startsLine, nextLexeme != .string { return unquotedString() }
    if let advice = adviceOnText { throw lost(.string, advice: advice) }
    guard lexeme == .string else { throw lost(.string) }
    let range = Int(here.start) + 1..<Int(here.end) - 1
    let literal = StringLiteral(value: StringEscapes.decode(source.bytes, range), span: here)
    advance()
    return literal
  }

  /// What to write for `<<EOF` and `f"…"`; nil if neither is here.
  private var adviceOnText: String? {
    if lexeme == .symbol(.less), nextLexeme == .symbol(.less) {
      return "a text stands in quotes; `\\n` begins a new line in it"
    }
    if lexeme == .word, nextLexeme == .string, here.end == tokens[nextIndex].span.start {
      return "a text is sent as it stands, and nothing is filled in: leave `\(text(token))` out"
    }
    return nil
  }

  /// A word where a text in quotes belongs.
  private mutating func unquotedString() -> StringLiteral {
    let (written, span) = (text(token), here)
    report(
      .expected(
        .string, found: quoted(written), insertion: nil,
        cure: ("put it in quotes", [Edit(span, "\"\(written)\"")])),
      at: span)
    advance()
    return StringLiteral(value: written, span: span)
  }

  mutating func regex() throws(Lost) -> RegexLiteral {
    guard lexeme == .regex else { throw lost(.regex) }
    let range = Int(here.start) + 1..<Int(here.end) - 1
    let literal = RegexLiteral(pattern: StringEscapes.pattern(source.bytes, range), span: here)
    advance()
    return literal
  }

  /// A literal of one kind; one of another kind is reported and taken as it is.
  mutating func literal(_ wanted: Lexeme, _ expectation: Expectation) throws(Lost) -> Value {
    if lexeme == wanted { return try scalar() }
    if nextLexeme == wanted { passAssignment() }
    if lexeme == wanted { return try scalar() }
    if wanted == .duration || wanted == .number, let value = spacedUnit() { return value }
    if wanted == .money, let value = try backwardMoney() { return value }
    if wanted == .share, lexeme == .number, let value = try share(for: text(token)) { return value }
    switch lexeme {
    case .number, .share, .duration, .money, .date, .string:
      reportLiteral(wanted, expectation)
      return try scalar()
    case .broken, .endOfFile, .junk, .word, .keyword, .symbol, .regex:
      throw lost(expectation)
    }
  }

  /// Reports a literal of another kind; a bare figure may lack its unit only.
  private mutating func reportLiteral(_ wanted: Lexeme, _ expectation: Expectation) {
    let written = text(token)
    let instead: String? =
      switch (lexeme, wanted) {
      case (.number, .money): "$" + written
      case (.string, .date): dateInQuotes(written)
      default: nil
      }
    if case (.number, .duration) = (lexeme, wanted), written.utf8.allSatisfy(\.isDigit) {
      return reportHere(.bareTime(written))
    }
    guard let instead else { return reportExpected(expectation) }
    reportHere(
      .expected(
        expectation, found: quoted(written), insertion: nil,
        cure: ("write `\(instead)`", [Edit(here, instead)])))
  }

  /// The date that stands in quotes; nil if none does.
  private func dateInQuotes(_ written: String) -> String? {
    let content = String(written.dropFirst().dropLast())
    return DateReading.date(content) == nil ? DateReading.repair(content) : content
  }

  /// `0.9` and `90` where a share belongs, read as `90%`; nil if it is no part of a whole.
  private mutating func share(for written: String) throws(Lost) -> Value? {
    guard case .number(let number, _) = try scalar().kind else { return nil }
    let isFraction = written.contains(".") && number.scaled(by: 6).map { $0 <= 1_000_000 } == true
    let (hundredfold, overflow) = number.digits.multipliedReportingOverflow(
      by: isFraction ? 100 : 1)
    let percent = Decimal(digits: overflow ? 0 : hundredfold, scale: number.scale)
    let span = tokens[index - 1].span
    let instead = percent.whole.map { "\($0)%" }
    report(
      .expected(
        .share, found: quoted(written), insertion: nil,
        cure: instead.map { ("write `\($0)`", [Edit(span, $0)]) }), at: span)
    return Value(.share(percent), at: span)
  }

  mutating func duration() throws(Lost) -> Value { try literal(.duration, .duration) }
  mutating func share() throws(Lost) -> Value { try literal(.share, .share) }
  mutating func number() throws(Lost) -> Value { try literal(.number, .number) }

  /// INT: digits only.
  mutating func wholeNumber() throws(Lost) -> Value {
    let bytes = source.bytes[Int(here.start)..<Int(here.end)]
    if lexeme == .number, !bytes.allSatisfy(\.isDigit) { reportExpected(.wholeNumber) }
    return try literal(.number, .wholeNumber)
  }

  /// NUMBER "tokens".
  mutating func tokenCount() throws(Lost) -> Value {
    let start = start
    let count = try literal(.number, .count)
    passGroups(from: start)
    if case .keyword(let unit) = lexeme, unit != .tokens, CountUnit(rawValue: unit.rawValue) != nil
    {
      reportExpected(
        .keyword(.tokens), advice: "what a model writes is counted in tokens, of some four letters")
      advance()
    } else {
      expect(.tokens)
    }
    guard case .number(let amount, _) = count.kind else { return count }
    return Value(.number(amount, unit: .tokens), at: span(from: start))
  }
}
