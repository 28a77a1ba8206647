import PolicyDiagnostics
import PolicySource
import PolicySyntax
import ReportPages

/// Code as markup: policies in the lexer's colours, the input of a console apart from its output.
enum CodeMarkup {
  /// A block by what stands behind its fence; the first word is its language.
  static func block(_ info: String, _ text: String) -> String {
    let language = info.split(separator: " ").first.map(String.init) ?? ""
    let content =
      switch language {
      case "rung": policy(text)
      case "console": console(text)
      default: PageText.escaped(text)
      }
    return "<div class=\"code\"><pre><code>\(content)</code></pre></div>\n"
  }

  /// A policy, or a part of one.
  ///
  /// Every byte of it is in the markup, and its colours are the lexer's.
  static func policy(_ text: String) -> String {
    let source = SourceFile(path: "example.rung", text: text)
    let lexed = PolicyLexer.lex(source).value
    let tokens = lexed.stream.tokens
    var out = ""
    for (index, token) in tokens.enumerated() {
      let gap = Span(file: source.id, start: token.triviaStart, end: token.span.start)
      out += trivia(source.text(of: gap))
      let written = PageText.escaped(source.text(of: token.span))
      if let style = style(of: index, lexed.lexemes, tokens) {
        out += "<span class=\"\(style)\">\(written)</span>"
      } else {
        out += written
      }
    }
    return out
  }

  private static func trivia(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let start = line.firstIndex(of: "#") else { return PageText.escaped(String(line)) }
      let comment = PageText.escaped(String(line[start...]))
      return String(line[..<start]) + "<span class=\"comment\">\(comment)</span>"
    }.joined(separator: "\n")
  }

  private static func style(of index: Int, _ lexemes: [Lexeme], _ tokens: [Token]) -> String? {
    switch lexemes[index] {
    case .keyword(let keyword):
      // `finish = stop` and `task = code`: a word where it is compared.
      isCompared(index, lexemes) ? "word" : keyword.role == .unit ? "type" : keyword.role.rawValue
    case .string, .regex: "text"
    case .number, .share, .duration, .money, .date: "figure"
    case .word: index > 0 && opensName(lexemes[index - 1]) ? "name" : nil
    case .symbol(.allow): "clause"
    case .symbol, .broken, .junk, .endOfFile: nil
    }
  }

  private static func isCompared(_ index: Int, _ lexemes: [Lexeme]) -> Bool {
    guard case .keyword(let keyword) = lexemes[index], !Keyword.reserved.contains(keyword) else {
      return false
    }
    return index + 1 < lexemes.count && isComparison(lexemes[index + 1])
      || index > 0 && isComparison(lexemes[index - 1]) && keyword.role == .clause
  }

  private static func isComparison(_ lexeme: Lexeme) -> Bool {
    switch lexeme {
    case .symbol(let symbol):
      [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(symbol)
    case .keyword, .word, .string, .regex, .number, .share, .duration, .money, .date, .broken,
      .junk,
      .endOfFile:
      false
    }
  }

  private static func opensName(_ lexeme: Lexeme) -> Bool {
    guard case .keyword(let keyword) = lexeme else { return false }
    return keyword.role == .declaration
  }

  private static func console(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let shown = PageText.escaped(String(line))
      return line.hasPrefix("$ ") ? "<span class=\"typed\">\(shown)</span>" : shown
    }.joined(separator: "\n")
  }
}
