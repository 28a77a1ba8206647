import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// Where a cursor is in the grammar, by the tokens before it: which declaration, which block of it,
/// and what stands before the cursor on its line of the block.
///
/// Made from tokens alone, so that a line that is only begun has one too. A block that is not closed
/// ends where a declaration begins. O(size of the file).
struct CursorContext {
  let names: NameIndex
  /// The word at the cursor, which a completion replaces; empty at the cursor if there is none.
  let typed: Span
  /// Whether a quote opens the word, which then is replaced with its quotes: names and values of
  /// declared facts stand without any.
  let isQuoted: Bool
  /// Nil between declarations.
  private(set) var declaration: Keyword?
  /// The name of the declaration, if it has one yet.
  private(set) var declared: String?
  private(set) var blocks: [CursorBlock] = []
  /// The tokens of the line of the block, or of the declaration's head, before the word.
  private(set) var line: [CursorPiece] = []
  /// Whether the word is the first of its line of text.
  let startsLine: Bool
  /// Whether nothing at all stands before it in the file.
  let startsFile: Bool

  /// Nil where there is nothing to complete: inside a comment, a number or a text of several words.
  init?(_ source: SourceFile?, at offset: Int, names: NameIndex) {
    guard let source else { return nil }
    let lexed = PolicyLexer.lex(source).value
    let tokens = lexed.stream.tokens
    let offset = min(max(0, offset), source.bytes.count)
    var typed = Span(file: source.id, start: UInt32(offset), end: UInt32(offset))
    // `daily.` is no token yet.
    let dotted = source.startOfDottedWord(before: offset)
    var isQuoted = false
    var count = 0
    for token in tokens {
      if source.comments(before: token).contains(where: {
        Int($0.start) < offset && offset <= Int($0.end)
      }) {
        return nil
      }
      let (start, end) = (Int(token.span.start), Int(token.span.end))
      if let dotted, start >= dotted {
        typed = Span(file: source.id, start: UInt32(dotted), end: UInt32(max(end, offset)))
        break
      }
      if start < offset, let quoted = source.quotedWord(in: token.span, at: offset) {
        (typed, isQuoted) = (quoted, true)
        break
      }
      if token.kind == .endOfFile || start > offset { break }
      if token.kind == .word, offset <= end {
        typed = token.span
        break
      }
      guard offset > start || token.kind == .symbol else { break }
      if offset < end { return nil }
      if offset == end, token.kind != .symbol { return nil }
      guard end <= offset else { break }
      count += 1
    }
    self.typed = typed
    self.isQuoted = isQuoted
    self.names = names
    startsLine = source.startsLine(at: Int(typed.start))
    startsFile = count == 0
    let pieces = (0..<count).map { index in
      let start = Int(tokens[index].span.start)
      return CursorPiece(
        text: source.text(of: tokens[index].span), lexeme: lexed.lexemes[index],
        startsLine: source.startsLine(at: start), startsAtMargin: source.isMargin(start))
    }
    read(pieces)
  }

  /// The block the cursor is in; nil in the head of a declaration or between two.
  var block: CursorBlock? {
    blocks.last { !$0.isParentheses } ?? blocks.last { $0 != .parentheses }
  }

  /// Takes what stands before a token of the line away.
  mutating func keep(from index: Int) { line = Array(line[index...]) }

  // MARK: - Reading what stands before

  private mutating func read(_ pieces: [CursorPiece]) {
    var item = 0
    for index in pieces.indices {
      if opensDeclaration(index, of: pieces) {
        guard case .keyword(let keyword) = pieces[index].lexeme else { continue }
        (declaration, blocks, item) = (keyword, [], index)
        let next = index + 1 < pieces.count ? pieces[index + 1] : nil
        declared = next?.lexeme == .word ? next?.text : nil
        continue
      }
      switch pieces[index].lexeme {
      case .symbol(.allow): (declaration, blocks, item) = (nil, [], index)
      case .symbol(.leftBrace):
        blocks.append(block(openedAfter: Array(pieces[item..<index])))
        item = index + 1
      case .symbol(.rightBrace):
        while let last = blocks.popLast(), last.isParentheses {}
        if blocks.isEmpty { declaration = nil }
        item = index + 1
      case .symbol(.leftParenthesis):
        let opened: CursorBlock =
          if pieces[item].lexeme == .symbol(.allow) {
            .allow
          } else {
            declaration == .ladder && blocks.isEmpty ? .bounds : .parentheses
          }
        blocks.append(opened)
        if opened != .parentheses { item = index + 1 }
      case .symbol(.rightParenthesis):
        guard blocks.last?.isParentheses == true else { continue }
        if blocks.removeLast() == .allow { item = index + 1 }
      case .symbol, .keyword, .word, .number, .share, .duration, .money, .date, .string, .regex,
        .broken, .junk, .endOfFile:
        if let last = blocks.last, startsItem(index, of: pieces, in: last) { item = index }
      }
    }
    line = Array(pieces[min(item, pieces.count)...])
  }

  private func block(openedAfter head: [CursorPiece]) -> CursorBlock {
    switch (declaration, blocks.last { !$0.isParentheses }) {
    case (.facts, nil): .facts
    case (.classifier, nil): .classifier
    case (.points, nil): .points
    case (.guard, nil): .guarding
    case (.compress, nil): .compress
    case (.ladder, nil): .ladder
    case (.route, nil), (.otherwise, nil): .route
    case (.route, .route), (.otherwise, .route): head.first?.text == "split" ? .split : .unknown
    case (.route, .split), (.otherwise, .split): .arm
    case (.always, nil): .always
    case (.test, nil): .test
    case (.test, .test):
      switch head.first?.text {
      case "request": .request
      case "given": .given
      case "expect": .expect
      default: .unknown
      }
    default: .unknown
    }
  }

  /// Whether a line of a block starts here.
  private func startsItem(
    _ index: Int, of pieces: [CursorPiece], in block: CursorBlock
  ) -> Bool {
    let piece = pieces[index]
    let next = index + 1 < pieces.count ? pieces[index + 1] : nil
    switch block {
    case .route, .arm, .ladder, .classifier, .compress, .guarding:
      let before = index > 0 ? pieces[index - 1].text : ""
      return block.heads.contains(piece.text)
        && !["set", "default", "as", "shadow"].contains(before)
    case .test: return block.heads.contains(piece.text)
    case .split: return piece.lexeme == .share
    case .points: return piece.isNumber && (piece.startsLine || next?.text == "when")
    case .facts: return piece.isWord && next?.lexeme == .symbol(.colon)
    case .request, .expect, .always: return piece.isWord && next?.isComparison == true
    case .given: return piece.isWord && (next?.isComparison == true || next?.text == "fails")
    case .allow, .bounds, .parentheses, .unknown: return false
    }
  }

  /// Whether a declaration starts here, though the block before it may not be closed.
  private func opensDeclaration(_ index: Int, of pieces: [CursorPiece]) -> Bool {
    guard case .keyword(let keyword) = pieces[index].lexeme, DeclarationWords.all.contains(keyword)
    else { return false }
    let next = index + 1 < pieces.count ? pieces[index + 1] : nil
    let third = index + 2 < pieces.count ? pieces[index + 2] : nil
    if DeclarationWords.isWhole(keyword, next, third) { return true }
    guard pieces[index].startsLine, next.map({ !$0.isComparison && $0.text != "in" }) ?? true,
      third.map({ !$0.isComparison || $0.text == "=" }) ?? true
    else { return false }
    if next?.text == "not" { return false }
    if blocks.isEmpty { return !isInCondition(before: index, of: pieces) }
    return pieces[index].startsAtMargin && keyword != .compress
  }

  /// Whether a condition goes on here: `and`, `or`, `not` or `when` stands right before.
  private func isInCondition(before index: Int, of pieces: [CursorPiece]) -> Bool {
    index > 0 && ["and", "or", "not", "when"].contains(pieces[index - 1].text)
  }
}

/// The words that open declarations.
enum DeclarationWords {
  static let all: Set<Keyword> = [
    .catalog, .zone, .import, .condition, .facts, .classifier, .points, .task, .budget, .limit,
    .gate, .ladder, .compress, .guard, .route, .otherwise, .test, .always,
  ]

  /// Whether a keyword and what follows it can be nothing but the start of a declaration.
  static func isWhole(_ keyword: Keyword, _ next: CursorPiece?, _ third: CursorPiece?) -> Bool {
    switch keyword {
    case .catalog, .zone, .import: return next?.lexeme == .string
    case .facts, .otherwise: return next?.lexeme == .symbol(.leftBrace)
    case .test: return next?.lexeme == .string && third?.lexeme == .symbol(.leftBrace)
    case .always: return next?.lexeme == .string && third?.text == "when"
    case .task, .route, .guard, .budget, .limit, .gate, .condition, .classifier, .ladder, .points,
      .compress:
      guard next?.lexeme == .word, let third else { return false }
      return followers(of: keyword).contains(third.text)
    default: return false
    }
  }

  private static func followers(of keyword: Keyword) -> Set<String> {
    switch keyword {
    case .route: ["when"]
    case .task: ["when", "otherwise"]
    case .guard: ["when", "{"]
    case .budget, .limit, .gate, .condition: ["="]
    case .classifier: [":"]
    case .ladder: ["(", "{"]
    case .points, .compress: ["{"]
    default: []
    }
  }
}

extension SourceFile {
  /// Where the word with a dot in it that ends at a place begins; nil if there is none.
  func startOfDottedWord(before offset: Int) -> Int? {
    var start = offset
    while start > 0, Self.isOfWord(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    guard start < offset, bytes[start..<offset].contains(UInt8(ascii: ".")),
      !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start]),
      bytes[start] != UInt8(ascii: ".")
    else { return nil }
    return start
  }

  /// The quote that opens a text and the word begun behind it, with the closing quote if that follows;
  /// nil if more than a word stands between the quote and the place.
  func quotedWord(in text: Span, at offset: Int) -> Span? {
    let (start, end) = (Int(text.start), Int(text.end))
    guard start < offset, bytes[start] == UInt8(ascii: "\""),
      bytes[(start + 1)..<offset].allSatisfy({ Self.isOfWord($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    var rest = offset
    while rest < end, Self.isOfWord(bytes[rest]) { rest += 1 }
    let isClosed = rest < end && bytes[rest] == UInt8(ascii: "\"")
    return Span(file: text.file, start: text.start, end: UInt32(isClosed ? rest + 1 : offset))
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Whether only blanks stand before a place on its line.
  func startsLine(at offset: Int) -> Bool {
    var index = min(offset, bytes.count)
    while index > 0 {
      let byte = bytes[index - 1]
      if byte == 0x0A || byte == 0x0D { return true }
      guard byte == 0x20 || byte == 0x09 else { return false }
      index -= 1
    }
    return true
  }

  /// Whether a place is the start of its line.
  func isMargin(_ offset: Int) -> Bool {
    offset == 0 || offset <= bytes.count && (bytes[offset - 1] == 0x0A || bytes[offset - 1] == 0x0D)
  }
}
