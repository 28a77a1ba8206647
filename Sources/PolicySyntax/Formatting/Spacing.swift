/// How many spaces stand between two tokens of one row.
struct Spacing {
  let outline: Outline
  var lexemes: [Lexeme] { outline.lexemes }

  /// The spaces before a token that is not the first of its row; `inline` inside a block that stands
  /// on one line, where two spaces part its lines.
  func gap(before index: Int, inline: Bool) -> Int {
    let marks = outline.marks[index]
    let last = lexemes[index - 1]
    switch lexemes[index] {
    case .symbol(.comma), .symbol(.rightParenthesis): return 0
    case .symbol(.rightBrace) where last == .symbol(.leftBrace): return 0
    case .symbol, .keyword, .word, .number, .share, .duration, .money, .date, .string, .regex,
      .broken, .junk, .endOfFile:
      break
    }
    if marks.contains(.tight) || last == .symbol(.leftParenthesis) { return 0 }
    if last == .symbol(.leftBrace) { return 1 }
    if marks.contains(.loose) { return marks.contains(.wide) ? 2 : 1 }
    return marks.contains(inline ? .item : .wide) ? 2 : 1
  }
}
