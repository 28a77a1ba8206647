import PolicySource

/// The lines of a block that stand in one order, each once.
struct LineOrder {
  /// Alternatives in the order they stand.
  let steps: [[Keyword]]
  /// The first line of each step.
  fileprivate(set) var seen: [(step: Int, keyword: Keyword, span: Span)] = []
  /// How many lines were none when the block began.
  fileprivate let unknownLines: Int

  init(_ steps: [[Keyword]], in parser: Parser) {
    self.steps = steps
    unknownLines = parser.unknownLines
  }
}

extension Parser {
  /// Reports a line that comes too late or twice.
  mutating func check(_ keyword: Keyword, at span: Span, in order: inout LineOrder) {
    guard let step = order.steps.firstIndex(where: { $0.contains(keyword) }) else { return }
    if let first = order.seen.first(where: { $0.step == step }) {
      return report(.repeated(line: keyword.rawValue, first: first.span), at: span)
    }
    if let later = order.seen.first(where: { $0.step > step }) {
      report(
        .wrongOrder(line: keyword.rawValue, before: later.keyword.rawValue, previous: later.span),
        at: span)
    }
    order.seen.append((step, keyword, span))
  }

  /// Reports the first required line that is missing, at the brace that closed the block, unless a line
  /// that could not be read may have been it.
  mutating func reportMissing(_ order: LineOrder, required: [[Keyword]]) {
    guard order.unknownLines == unknownLines, end > 0,
      source.bytes[Int(end) - 1] == UInt8(ascii: "}")
    else { return }
    let brace = Span(file: source.id, start: end - 1, end: end)
    for step in required where !order.seen.contains(where: { step.contains($0.keyword) }) {
      return report(.expected(.oneOf(step), found: "`}`", insertion: nil), at: brace)
    }
  }
}
