import PolicyDiagnostics
import PolicySource

/// `policy` and `decl` of the grammar.
extension Parser {
  mutating func policy() -> (LanguageVersion?, [Declaration]) {
    let version = languageVersion()
    var declarations: [Declaration] = []
    while lexeme != .endOfFile {
      let before = index
      isUnknownDeclaration = false
      do {
        if let declaration = try declaration() { declarations.append(declaration) }
      } catch {
        let start = start
        if index == before { advance() }
        passToDeclaration()
        // Nobody knows what the characters of a declaration mean that there is not.
        if isUnknownDeclaration {
          explain(Span(file: source.id, start: start, end: max(start, self.start)))
        }
      }
    }
    reportReservedNames()
    return (version, declarations)
  }

  private mutating func languageVersion() -> LanguageVersion? {
    let start = start
    if isOtherFormat { return passOtherFormat() }
    if lexeme == .word, isBorrowed([.rung]) || text(token).lowercased() == Keyword.rung.rawValue {
      reportHere(.borrowedWord(text(token), instead: "rung"))
      lexeme = .keyword(.rung)
    }
    guard take(.rung) != nil else {
      report(.missingVersion(needsOwnLine: isBehindComment), at: here)
      return nil
    }
    passAssignment()
    let written = text(token)
    if lexeme == .word, ["v1", "one"].contains(written.lowercased()) {
      reportHere(.borrowedWord(written, instead: "1"))
      advance()
      return LanguageVersion(number: 1, span: span(from: start))
    }
    guard lexeme == .number else {
      reportExpected(.wholeNumber, insert: startsLine ? "1" : nil)
      return nil
    }
    if written != "1" { report(.unsupportedVersion(written), at: here) }
    advance()
    return LanguageVersion(number: Int(written) ?? 0, span: span(from: start))
  }

  /// Whether the file is JSON, or YAML with a key on top.
  private var isOtherFormat: Bool {
    lexeme == .symbol(.leftBrace)
      || lexeme == .word && nextLexeme == .symbol(.colon) && !isBorrowed([.rung])
  }

  /// Nothing of it can be read: one finding says so.
  private mutating func passOtherFormat() -> LanguageVersion? {
    report(
      .elsewhere(
        "this is no policy: a policy starts with `rung 1`",
        advice: "`rung import` makes a policy of the configuration of another router"), at: here)
    explain(source.span)
    index = tokens.count - 1
    lexeme = .endOfFile
    return nil
  }

  /// Whether the file ends on the line of a comment.
  private var isBehindComment: Bool {
    let end = min(Int(start), source.bytes.count)
    return lexeme == .endOfFile && end > 0 && !source.bytes[end - 1].isNewline
  }

  private mutating func declaration() throws(Lost) -> Declaration? {
    let documentation = documentation(before: token)
    var allows: [Allow] = []
    while lexeme == .symbol(.allow) {
      mark(.declaration)
      if let allow = try allow() { allows.append(allow) }
    }
    if passNamelessRoute() { return nil }
    let keywordSpan = here
    let first = index
    let keyword = try declarationKeyword()
    outline?.marks[first].insert(.declaration)
    outline?.classes[first] = .declaration(keyword)
    if isHeadOfIndentedBlock(keyword) { throw indentedBlock(of: keyword, from: keywordSpan) }
    let content = try content(of: keyword)
    let span = span(from: keywordSpan.start)
    if lexeme == .symbol(.rightBrace) || lexeme == .symbol(.rightParenthesis) {
      reportHere(.strayClosing(text(token)))
      advance()
    }
    if !startsDeclaration, !startsLine, !isElse {
      let isAmount = lexeme == .symbol(.comma) && (keyword == .limit || keyword == .budget)
      reportHere(
        .unexpected(
          found, after: "this `\(keyword.rawValue)`",
          advice: isAmount ? "each amount stands in a declaration of its own" : nil))
      passToDeclaration()
    }
    return content.map {
      Declaration(
        documentation: documentation, allows: allows, content: $0, span: span, keyword: keywordSpan)
    }
  }

  private var startsDeclaration: Bool {
    switch lexeme {
    case .endOfFile, .symbol(.allow): true
    case .keyword(let keyword): keyword.isDeclaration
    case .symbol, .word, .number, .share, .duration, .money, .date, .string, .regex, .broken, .junk:
      false
    }
  }

  private mutating func declarationKeyword() throws(Lost) -> Keyword {
    switch lexeme {
    case .keyword(.rung):
      report(.misplacedVersion, at: here)
      throw Lost()
    case .keyword(let keyword) where keyword.isDeclaration:
      advance()
      return keyword
    case .symbol(.rightBrace), .symbol(.rightParenthesis):
      reportHere(.strayClosing(text(token)))
      throw Lost()
    case .word, .keyword:
      let place = UnknownPlace(thing: "declaration", words: Keyword.declarations)
      if isKeyOfYAML { throw keyOfYAML() }
      guard let keyword = meant(Keyword.declarations, at: place) else {
        let advice = BorrowedAdvice.instead(of: text(token), in: place.thing)
        reportHere(.unknownKeyword(text(token), place, near: nil, advice: advice))
        isUnknownDeclaration = true
        throw Lost()
      }
      advance()
      return keyword
    case .symbol, .number, .share, .duration, .money, .date, .string, .regex, .broken, .junk,
      .endOfFile:
      throw lost(.declaration)
    }
  }

  private mutating func content(of keyword: Keyword) throws(Lost) -> Declaration.Content? {
    switch keyword {
    case .catalog: .catalog(try loaded())
    case .zone: .zone(try loaded())
    case .import: .importing(try loaded())
    case .condition: conditionDeclaration().map { .condition($0) }
    case .facts: .facts(facts())
    case .classifier: classifier().map { .classifier($0) }
    case .points: points().map { .points($0) }
    case .task: task().map { .task($0) }
    case .budget: try budget().map { .budget($0) }
    case .limit: try limit().map { .budget($0) }
    case .gate: try gate().map { .gate($0) }
    case .ladder: try ladder().map { .ladder($0) }
    case .compress: compression().map { .compression($0) }
    case .guard: guarding().map { .guarding($0) }
    case .route: route().map { .route($0) }
    case .otherwise: .route(otherwise())
    case .test: .test(try test())
    case .always: .always(try always())
    default: nil
    }
  }

  /// The text of `catalog "…"` and its like.
  private mutating func loaded() throws(Lost) -> StringLiteral {
    passAssignment()
    return try string()
  }

  // MARK: - What stands above a declaration

  /// `"@allow" "(" NAME "," "reason" ":" STRING [ "," "until" ":" DATE ] ")"`.
  private mutating func allow() throws(Lost) -> Allow? {
    let start = start
    let isKnown = text(token) == Symbol.allow.rawValue
    advance()
    if !isKnown, lexeme == .symbol(.leftParenthesis) {
      passBalanced()
      return nil
    }
    let opened = here
    mark(.tight)
    expect(.leftParenthesis)
    let code = try reference("the code of a finding")
    var reason: StringLiteral?
    var until: Value?
    if lexeme == .symbol(.comma) {
      advance()
      expect(.reason)
      mark(.tight)
      expect(.colon)
      reason = try string()
      if take(.comma) != nil {
        expect(.until)
        mark(.tight)
        expect(.colon)
        until = try literal(.date, .date)
      }
    } else {
      reportExpected(.word("`, reason: \"…\"`"))
    }
    close(.rightParenthesis, .leftParenthesis, opened: opened)
    return Allow(code: code, reason: reason, until: until, span: span(from: start))
  }

  /// The `##` lines directly above, without the marks.
  private func documentation(before token: Token) -> String? {
    let end = min(Int(token.span.start), source.bytes.count)
    let trivia = source.bytes[Int(token.triviaStart)..<end]
    guard trivia.contains(.hash) else { return nil }
    var lines: [String] = []
    // What stands behind the last token on its own line documents nothing.
    let parts = trivia.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for line in parts.dropFirst(token.triviaStart == 0 ? 0 : 1) {
      let content = line.drop(while: \.isBlank)
      if content.starts(with: [.hash, .hash]) {
        let text = content.dropFirst(2).drop(while: \.isBlank)
        lines.append(String(decoding: text, as: UTF8.self))
      } else if !content.isEmpty {
        lines = []
      }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
