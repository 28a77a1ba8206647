import PolicySource

/// Whether a declaration starts here although something else was expected.
///
/// Where the grammar allows neither word nor line to look like this, seeing one means that a brace
/// or a value before it is missing, and everything behind it can still be read.
extension Parser {
  /// Where an item of a block is expected: the start of a declaration, in any of its forms.
  var endsBlock: Bool {
    switch lexeme {
    case .symbol(.allow): return true
    case .keyword(let keyword):
      switch keyword {
      case .catalog, .zone, .import: return nextLexeme == .string
      case .facts, .otherwise: return nextLexeme == .symbol(.leftBrace)
      default: return keyword.isDeclaration && isDeclaration(keyword)
      }
    case .symbol, .word, .number, .share, .duration, .money, .date, .string, .regex, .broken, .junk,
      .endOfFile:
      return false
    }
  }

  /// Where a WORD is expected: the start of a declaration that can be nothing else.
  var isDeclarationStart: Bool {
    guard !holdsEntries, case .keyword(let keyword) = lexeme, keyword.isDeclaration else {
      return false
    }
    return isDeclaration(keyword)
  }

  private func isDeclaration(_ keyword: Keyword) -> Bool {
    let third = lexemes[min(nextIndex + 1, lexemes.count - 1)]
    switch keyword {
    case .test: return nextLexeme == .string && third == .symbol(.leftBrace)
    case .always: return nextLexeme == .string && third == .keyword(.when)
    case .task, .route, .guard, .budget, .limit, .gate, .condition, .classifier, .ladder, .points,
      .compress:
      return nextLexeme == .word && Self.followers(of: keyword).contains(third)
    default: return false
    }
  }

  /// What can follow the name of a declaration.
  static func followers(of keyword: Keyword) -> [Lexeme] {
    switch keyword {
    case .route: [.keyword(.when)]
    case .task: [.keyword(.when), .keyword(.otherwise)]
    case .guard: [.keyword(.when), .symbol(.leftBrace)]
    case .budget, .limit, .gate, .condition: [.symbol(.equal)]
    case .classifier: [.symbol(.colon)]
    case .ladder: [.symbol(.leftParenthesis), .symbol(.leftBrace)]
    case .points, .compress: [.symbol(.leftBrace)]
    default: []
    }
  }
}

extension Keyword {
  var isDeclaration: Bool { Self.declarations.contains(self) }
}
