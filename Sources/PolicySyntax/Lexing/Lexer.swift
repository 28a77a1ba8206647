package import PolicyDiagnostics
package import PolicySource

/// Cuts a file into tokens: every byte lands in one token or in the trivia before one.
///
/// Never fails, whatever the bytes. O(n).
package enum PolicyLexer {
  /// The largest policy that is read at all.
  package static let largestFile = 16 * 1024 * 1024

  package static func lex(_ source: SourceFile) -> Parsed<LexedFile> {
    var lexer = Lexer(source)
    lexer.run()
    return Parsed(
      LexedFile(
        stream: TokenStream(tokens: lexer.tokens), lexemes: lexer.lexemes,
        isRead: lexer.isRead),
      diagnostics: lexer.problems.diagnostics)
  }

  static func tokens(of source: SourceFile) -> [Token] { lex(source).value.stream.tokens }
}

struct Lexer {
  let bytes: [UInt8]
  let file: SourceID
  var position = 0
  var triviaStart = 0
  var tokens: [Token] = []
  var lexemes: [Lexeme] = []
  var problems = ProblemList()
  /// Up to here a regular expression (a foreign quote) has been searched for its end in vain.
  ///
  /// INVARIANT: no byte is searched twice, so a line of openers stays linear.
  var endlessRegex = 0
  var endlessQuote = 0
  /// The `/*` or `<!--` that were found without an end: none behind it has one either.
  var endlessComments: Set<String> = []
  private(set) var isRead = true

  init(_ source: SourceFile) {
    bytes = source.bytes
    file = source.id
    tokens.reserveCapacity(bytes.count / 6 + 1)
    lexemes.reserveCapacity(bytes.count / 6 + 1)
  }

  mutating func run() {
    guard bytes.count <= PolicyLexer.largestFile else {
      return leaveUnread(.fileTooLarge(limit: PolicyLexer.largestFile))
    }
    if isUTF16 { return leaveUnread(.utf16) }
    reportInvalidUTF8()
    repeat {
      triviaStart = position
      skipTrivia()
    } while lexToken()
  }

  private mutating func leaveUnread(_ problem: CharacterProblem) {
    report(problem, 0..<0)
    isRead = false
    position = bytes.count
    add(.endOfFile, .endOfFile, from: position)
  }

  /// Whether the file starts with a byte order mark of UTF-16, or as its letters do without one.
  private var isUTF16: Bool {
    switch (byte(at: 0), byte(at: 1)) {
    case (0xFF, 0xFE), (0xFE, 0xFF): true
    case (0, 1...), (1..., 0): bytes.count >= 4 && (byte(at: 2) == 0) == (byte(at: 0) == 0)
    default: false
    }
  }

  /// One token; false at the end of the file.
  private mutating func lexToken() -> Bool {
    let start = position
    guard start < bytes.count else {
      add(.endOfFile, .endOfFile, from: start)
      return false
    }
    let byte = bytes[start]
    if byte.isLetter {
      lexWord()
    } else if byte.isDigit {
      lexNumber(from: start)
    } else if !lexSymbol(byte) {
      lexRest(byte)
    }
    return true
  }

  /// The symbols of the grammar that no foreign spelling starts with.
  private mutating func lexSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"): addSymbol(.leftBrace)
    case UInt8(ascii: "}"): addSymbol(.rightBrace)
    case UInt8(ascii: "("): addSymbol(.leftParenthesis)
    case UInt8(ascii: ")"): addSymbol(.rightParenthesis)
    case UInt8(ascii: ","): addSymbol(.comma)
    case UInt8(ascii: ":") where self.byte(at: position + 1) != UInt8(ascii: "="):
      addSymbol(.colon)
    case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"),
      UInt8(ascii: ">"),
      UInt8(ascii: "|"):
      lexOperator()
    default: return false
    }
    return true
  }

  private mutating func lexRest(_ byte: UInt8) {
    switch byte {
    case .quote: if !lexQuotedPattern() { lexString() }
    case .slash: if rateSlashes > 0 { foreignWord(rateSlashes, .per) } else { lexRegex() }
    case UInt8(ascii: "$"): lexDollars()
    case UInt8(ascii: "@"): lexAnnotation()
    default: lexForeign(byte)
    }
  }

  // MARK: - Words

  private mutating func lexWord() {
    let start = position
    skipWordBytes()
    if start + 3 == position, let end = endOfMoney(from: start) {
      return lexAmount(from: start, digits: end)
    }
    var keyword = KeywordTable.shared.keyword(bytes, start..<position)
    while isJoint(at: position) {
      keyword = nil
      position += 1
      skipWordBytes()
    }
    if byte(at: position) >= 0x80, letterLength(at: position) > 0 {
      return lexBrokenWord(from: start)
    }
    add(.word, keyword.map { .keyword($0) } ?? .word, from: start)
  }

  /// `-`, `.` or `/` with a letter or digit behind it joins two parts of a word.
  private func isJoint(at index: Int) -> Bool {
    let joint = byte(at: index)
    guard joint == .dash || joint == .dot || joint == .slash else { return false }
    let next = byte(at: index + 1)
    return next.isLetter || next.isDigit
  }

  /// A word with letters the grammar does not know, or one that starts with `_`.
  mutating func lexBrokenWord(from start: Int) {
    while position < bytes.count {
      if byte(at: position).isWordByte || isJoint(at: position) {
        position += 1
      } else {
        let length = letterLength(at: position)
        guard length > 0 else { break }
        position += length
      }
    }
    report(.unknownLetters(text(start..<position)), start..<position)
    add(.word, .broken, from: start)
  }

  private mutating func lexAnnotation() {
    let start = position
    position += 1
    skipWordBytes()
    let written = text(start..<position)
    if written != Symbol.allow.rawValue { report(.unknownAnnotation(written), start..<position) }
    add(.symbol, .symbol(.allow), from: start)
  }

  // MARK: - Reading

  /// The byte at an index, zero past the end.
  func byte(at index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  mutating func skipWordBytes() {
    while position < bytes.count, bytes[position].isWordByte { position += 1 }
  }

  mutating func skipDigits() {
    while position < bytes.count, bytes[position].isDigit { position += 1 }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: - Writing

  mutating func addSymbol(_ symbol: Symbol, length: Int = 1) {
    let start = position
    position += length
    add(.symbol, .symbol(symbol), from: start)
  }

  mutating func add(_ kind: Token.Kind, _ lexeme: Lexeme, from start: Int) {
    tokens.append(
      Token(kind: kind, span: span(start..<position), triviaStart: UInt32(clamping: triviaStart)))
    lexemes.append(lexeme)
  }

  func span(_ range: Range<Int>) -> Span {
    Span(
      file: file, start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound)
    )
  }

  mutating func report(_ problem: CharacterProblem, _ range: Range<Int>) {
    problems.add(problem, at: span(range))
  }

  mutating func report(_ problem: LiteralProblem, _ range: Range<Int>) {
    problems.add(problem, at: span(range))
  }
}
