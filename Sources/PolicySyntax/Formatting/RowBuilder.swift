import PolicySource

/// Cuts the tokens into rows: decides every line end and every space, but no alignment.
struct RowBuilder {
  private(set) var rows: [Row] = []
  private let tokens: [Token]
  private let spacing: Spacing
  private let source: SourceFile
  private let trivia: [TriviaContent]
  /// The closing braces of the blocks that are open and spread over lines.
  private var openBlocks: [Int] = []
  /// The closing brace of the outermost block that stands on one line.
  private var inlineEnd = -1
  private var openParentheses: [Int] = []
  private var row = Row(.depth(0))

  init(_ file: PolicyFile, _ outline: Outline) {
    tokens = file.tokens.tokens
    source = file.source
    let bytes = file.source.bytes
    trivia = file.tokens.tokens.enumerated().map { index, token in
      TriviaContent(token, of: bytes, isFirst: index == 0)
    }
    spacing = Spacing(outline: outline)
  }

  private var outline: Outline { spacing.outline }
  private var lexemes: [Lexeme] { spacing.lexemes }

  mutating func build() {
    for index in tokens.indices {
      let startsBlock = row.opensBlock
      writeComments(before: index, startsBlock: startsBlock)
      guard index < tokens.count - 1 else { break }
      write(index, startsBlock: startsBlock)
      track(index)
    }
    finishRow()
  }

  // MARK: - One token and the comments before it

  private mutating func writeComments(before index: Int, startsBlock: Bool) {
    var isFirst = startsBlock || index == 0
    for comment in trivia[index].comments {
      if comment.isTrailing, !row.pieces.isEmpty {
        row.trailingComment = comment.text
      } else {
        finishRow()
        row = Row(commentIndent(before: index))
        row.ownComment = comment.text
        row.hasBlankLineBefore = comment.newlines > 1 && !isFirst
        isFirst = false
      }
      finishRow()
    }
  }

  private mutating func write(_ index: Int, startsBlock: Bool) {
    let content = trivia[index]
    let isForced = !content.comments.isEmpty || index == 0
    if isForced || breaksBefore(index, hasNewline: content.newlines > 0) {
      finishRow()
      row = Row(indent(of: index), alignment: outline.classes[index])
      let isFirst = startsBlock && !content.comments.contains { !$0.isTrailing }
      row.hasBlankLineBefore =
        content.newlines > 1 && !isFirst && !rows.isEmpty && openBlocks.last != index
        && !row.isContinuation
    }
    let text = source.text(of: tokens[index].span)
    let gap = row.pieces.isEmpty ? 0 : spacing.gap(before: index, inline: index <= inlineEnd)
    row.pieces.append(
      Row.Piece(
        token: index, text: text, width: text.count, gap: gap,
        startsCell: startsCell(index)))
  }

  private func startsCell(_ index: Int) -> Bool {
    guard index > inlineEnd else { return false }
    let marks = outline.marks[index]
    if marks.contains(.cell) { return !row.pieces.isEmpty }
    return marks.contains(.keywordCell) && row.pieces.count == 1
  }

  private mutating func finishRow() {
    guard !row.pieces.isEmpty || row.ownComment != nil else { return }
    rows.append(row)
    row = Row(.depth(0))
  }

  /// Follows braces and parentheses once a token is written.
  private mutating func track(_ index: Int) {
    switch lexemes[index] {
    case .symbol(.leftBrace):
      guard index > inlineEnd, let closing = outline.closings[index] else { return }
      if staysInline(index, closing) {
        inlineEnd = closing
      } else {
        openBlocks.append(closing)
        row.opensBlock = true
      }
    case .symbol(.rightBrace):
      if openBlocks.last == index { openBlocks.removeLast() }
    case .symbol(.leftParenthesis):
      openParentheses.append(index)
    case .symbol(.rightParenthesis):
      _ = openParentheses.popLast()
    case .symbol, .keyword, .word, .number, .share, .duration, .money, .date, .string, .regex,
      .broken, .junk, .endOfFile:
      break
    }
  }

  /// Whether a block that was written on one line still fits there.
  ///
  /// Looks no further than the line is wide.
  private func staysInline(_ opening: Int, _ closing: Int) -> Bool {
    guard closing > opening + 1 else { return trivia[closing].comments.isEmpty }
    var width = 2 * openBlocks.count + row.width
    for index in opening + 1...closing {
      guard trivia[index].newlines == 0, trivia[index].comments.isEmpty else { return false }
      width += spacing.gap(before: index, inline: true) + source.text(of: tokens[index].span).count
      guard width <= PolicyFormatter.width else { return false }
    }
    return true
  }

  // MARK: - Line ends

  private func breaksBefore(_ index: Int, hasNewline: Bool) -> Bool {
    guard index > inlineEnd else { return false }
    let marks = outline.marks[index]
    if marks.contains(.declaration) || openBlocks.last == index { return true }
    if marks.contains(.loose) { return hasNewline || lexemes[index - 1] == .symbol(.leftBrace) }
    if marks.contains(.item) { return true }
    guard hasNewline else { return false }
    if lexemes[index - 1] == .symbol(.comma) { return true }
    return !marks.isDisjoint(with: [.joiner, .breakable])
  }

  private func indent(of index: Int) -> Row.Indent {
    let marks = outline.marks[index]
    let depth = openBlocks.count
    if openBlocks.last == index { return .depth(depth - 1) }
    if index == 0 || !marks.isDisjoint(with: [.declaration, .item, .loose]) {
      return .depth(depth)
    }
    if let introducer = outline.introducers[index] {
      return lexemes[introducer] == .symbol(.leftParenthesis)
        ? .behind(token: introducer) : .endingWith(token: introducer, depth: depth)
    }
    if let opening = openParentheses.last { return .behind(token: opening) }
    return .continuation(depth)
  }

  private func commentIndent(before index: Int) -> Row.Indent {
    let isEnd = openBlocks.last == index || index == tokens.count - 1
    return isEnd ? .depth(openBlocks.count) : indent(of: index)
  }
}
