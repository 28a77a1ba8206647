package import PolicyDiagnostics
package import PolicySource

/// Reads a policy: recursive descent with one token of lookahead.
///
/// Never fails: what is wrong is reported, passed over at the next line or declaration, and missing
/// from the tree. O(n) in the bytes of the file; nesting is bounded.
package enum PolicyParser {
  /// The deepest parentheses of a condition.
  package static let deepestNesting = 64

  package static func parse(_ source: SourceFile) -> Parsed<PolicyFile> {
    let lexed = PolicyLexer.lex(source)
    // What was not read is not missing either.
    guard lexed.value.isRead else {
      return Parsed(
        PolicyFile(
          source: source, version: nil, declarations: [], tokens: lexed.value.stream),
        diagnostics: lexed.diagnostics)
    }
    var parser = Parser(source, lexed.value)
    let (version, declarations) = parser.policy()
    let ofCharacters = lexed.diagnostics.filter { diagnostic in
      !parser.explained.contains { $0.contains(diagnostic.span) }
    }
    return Parsed(
      PolicyFile(
        source: source, version: version, declarations: declarations, tokens: lexed.value.stream),
      diagnostics: ProblemList.merge(ofCharacters, parser.problems.diagnostics)
        .map(WordsApart(source: source).keep))
  }
}

/// Thrown after a problem was reported where the parser lost its place; caught where a line, a
/// declaration or a part of a condition starts.
struct Lost: Error {}

struct Parser {
  let source: SourceFile
  let tokens: [Token]
  let lexemes: [Lexeme]
  var index = 0
  /// The current token.
  var lexeme: Lexeme
  /// The end of the last token that was taken.
  var end: UInt32 = 0
  var nesting = 0
  /// The values a file declares, once somebody asked for them.
  var declaredValues: Set<String>?
  /// Set while `WORD cmp value` entries or facts are read, where a word may look like a declaration.
  var holdsEntries = false
  var problems = ProblemList()
  /// Recorded for the formatter only.
  var outline: Outline?
  /// The token the last problem was reported at: one token, one problem.
  private(set) var reportedIndex = -1
  /// Where a problem says of several tokens what each of them means together: what was wrong with their
  /// characters is part of it.
  private(set) var explained: [Span] = []
  /// Whether the declaration that was given up is one nobody knows.
  var isUnknownDeclaration = false
  /// The declarations that are called like words of the language, and where such words are read.
  var reservedNames = ReservedNames()
  /// How many lines of blocks were none: what they should have said may be missing.
  var unknownLines = 0

  init(_ source: SourceFile, _ lexed: LexedFile) {
    self.source = source
    tokens = lexed.stream.tokens
    lexemes = lexed.lexemes
    lexeme = lexed.lexemes.first ?? .endOfFile
    passJunk()
  }

  // MARK: - Where we are

  var token: Token { tokens[index] }
  var here: Span { tokens[index].span }
  var start: UInt32 { here.start }
  /// The empty place behind the last token.
  var behind: Span { Span(file: source.id, start: end, end: end) }

  func span(from start: UInt32) -> Span { Span(file: source.id, start: start, end: end) }

  func text(_ token: Token) -> String { source.text(of: token.span) }

  /// The token after the current one.
  var nextIndex: Int {
    var next = index + 1
    while next < lexemes.count - 1, lexemes[next] == .junk { next += 1 }
    return min(next, lexemes.count - 1)
  }

  var nextLexeme: Lexeme { lexemes[nextIndex] }

  /// Whether the current token is the first of its line.
  var startsLine: Bool { startsLine(index) }

  func startsLine(_ index: Int) -> Bool {
    let token = tokens[index]
    guard index > 0 else { return true }
    let end = min(Int(token.span.start), source.bytes.count)
    return source.bytes[Int(token.triviaStart)..<end].contains(where: \.isNewline)
  }

  // MARK: - Moving

  mutating func advance() {
    end = tokens[index].span.end
    guard index < tokens.count - 1 else { return }
    index += 1
    lexeme = lexemes[index]
    passJunk()
  }

  private mutating func passJunk() {
    while lexeme == .junk {
      index += 1
      lexeme = lexemes[index]
    }
  }

  mutating func take(_ wanted: Lexeme) -> Span? {
    guard lexeme == wanted else { return nil }
    let span = here
    advance()
    return span
  }

  mutating func take(_ keyword: Keyword) -> Span? { take(.keyword(keyword)) }
  mutating func take(_ symbol: Symbol) -> Span? { take(.symbol(symbol)) }

  // MARK: - Reporting

  /// Reports a problem of the current token, unless it has one already.
  mutating func reportHere(_ problem: StructureProblem) { report(problem, ofTokenAt: here) }

  private mutating func report(_ problem: StructureProblem, ofTokenAt span: Span) {
    // What stands right behind bytes nobody understands is their fault.
    let isBlameless = index > 0 && lexemes[index - 1] == .junk && !startsLine
    guard reportedIndex != index, !isBlameless else { return }
    reportedIndex = index
    problems.add(problem, at: span)
  }

  mutating func report(_ problem: StructureProblem, at span: Span) {
    problems.add(problem, at: span)
  }
  mutating func report(_ problem: ConditionProblem, at span: Span) {
    problems.add(problem, at: span)
  }
  mutating func report(_ problem: LiteralProblem, at span: Span) { problems.add(problem, at: span) }

  /// What is wrong with the current token follows from a problem reported before.
  mutating func forgiveHere() { reportedIndex = index }

  /// The same of the token that comes next.
  mutating func forgiveNext() { reportedIndex = nextIndex }

  /// A problem that was reported says all there is to say about a stretch of the file.
  mutating func explain(_ span: Span) {
    if !problems.isFull { explained.append(span) }
  }

  /// Reports what is missing: at the current token, or where the line before it ended.
  mutating func reportExpected(
    _ expectation: Expectation, insert: String? = nil, advice: String? = nil
  ) {
    guard !problems.isFull else { return }
    let isAtLineEnd = end > 0 && (startsLine || lexeme == .endOfFile)
    let place = isAtLineEnd ? behind : Span(file: source.id, start: start, end: start)
    let insertion = insert.map { Edit(place, isAtLineEnd ? " " + $0 : $0 + " ") }
    let found = isAtLineEnd && lexeme != .endOfFile ? "the end of the line" : found
    report(
      .expected(expectation, found: found, insertion: insertion, advice: advice),
      ofTokenAt: isAtLineEnd ? behind : here)
  }

  /// The current token in words.
  var found: String {
    lexeme == .endOfFile ? "the end of the file" : quoted(text(token))
  }
}
