import PolicySource

/// `test` and `always`.
extension Parser {
  /// `"test" STRING "{" "request" … [ "given" … ] "expect" entries "}"`.
  mutating func test() throws(Lost) -> TestDeclaration {
    let title = try string()
    var request: TestDeclaration.Request = .entries([])
    var given: [TestDeclaration.Given] = []
    var expect: [Entry] = []
    var order = LineOrder([[.request], [.given], [.expect]], in: self)
    block(.testLines) { (parser) throws(Lost) in
      let span = parser.here
      let keyword = try parser.lineKeyword(.testLines)
      parser.check(keyword, at: span, in: &order)
      switch keyword {
      case .request:
        if parser.lexeme == .string {
          parser.reportExpected(.keyword(.file), insert: "file")
        }
        if parser.take(.file) != nil || parser.lexeme == .string {
          let path = try parser.string()
          request = .file(path, parser.lexeme == .symbol(.leftBrace) ? parser.entries() : [])
        } else {
          request = .entries(parser.entries())
        }
      case .given: given = parser.givens()
      default: expect = parser.entries()
      }
    }
    reportMissing(order, required: [[.request], [.expect]])
    return TestDeclaration(title: title, request: request, given: given, expect: expect)
  }

  /// `"always" STRING "when" cond entries`.
  mutating func always() throws(Lost) -> AlwaysDeclaration {
    let title = try string()
    let condition = whenCondition()
    return AlwaysDeclaration(title: title, condition: condition, entries: entries())
  }

  /// `"{" { WORD cmp value } "}"`.
  private mutating func entries() -> [Entry] {
    var entries: [Entry] = []
    holdsEntries = true
    block(.entries) { (parser) throws(Lost) in
      let start = parser.start
      parser.noteUse()
      let subject = try parser.word("a field")
      parser.mark(.cell)
      let comparison = try parser.comparison()
      let value = try parser.value()
      entries.append(
        Entry(
          subject: subject, comparison: comparison, value: value, span: parser.span(from: start)))
    }
    holdsEntries = false
    return entries
  }

  private mutating func comparison() throws(Lost) -> Comparison {
    if lexeme == .symbol(.colon) {
      reportHere(.borrowedWord(":", instead: "="))
      advance()
      return .equal
    }
    if lexeme == .word, let comparison = BorrowedWord.comparison(text(token)) {
      reportHere(.borrowedWord(text(token), instead: comparison.rawValue))
      advance()
      return comparison
    }
    guard case .symbol(let symbol) = lexeme, let comparison = symbol.comparison else {
      throw lost(.comparison)
    }
    advance()
    return comparison
  }

  /// `"{" { WORD ( "=" value | "fails" WORD ) [ "at" WORD ] } "}"`.
  private mutating func givens() -> [TestDeclaration.Given] {
    var givens: [TestDeclaration.Given] = []
    holdsEntries = true
    block(.entries) { (parser) throws(Lost) in givens.append(try parser.given()) }
    holdsEntries = false
    return givens
  }

  private mutating func given() throws(Lost) -> TestDeclaration.Given {
    let start = start
    noteUse()
    let subject = try word("a gate, a classifier or a model")
    if take(.fails) != nil {
      let failure = try word("a failure such as `limited`")
      let model = try place()
      return .fails(subject, failure, at: model, span(from: start))
    }
    mark(.cell)
    if lexeme == .symbol(.colon) {
      expect(.equal)
    } else if take(.equal) == nil {
      throw lost(.word("`=` or `fails`"))
    }
    let value = try value()
    let model = try place()
    return .value(subject, value, at: model, span(from: start))
  }

  /// `[ "at" WORD ]`.
  private mutating func place() throws(Lost) -> Name? {
    take(.at) == nil ? nil : try word("a model")
  }
}
