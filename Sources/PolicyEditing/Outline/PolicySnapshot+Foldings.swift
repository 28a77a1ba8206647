package import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// What an editor may fold away, in written order: blocks in braces or parentheses and runs of
  /// comments, each over more than one line.
  ///
  /// By tokens, so that a file that does not parse has them too.
  package func foldings(of file: SourceID) -> [Span] {
    guard let tree = tree(of: file) else { return [] }
    let source = tree.source
    var found: [Span] = []
    var open: [Span] = []
    for token in tree.tokens.tokens {
      found += comments(before: token, in: source)
      guard token.kind == .symbol, let byte = source.bytes(of: token.span).first else { continue }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "("): open.append(token.span)
      case UInt8(ascii: "}"), UInt8(ascii: ")"):
        if let start = open.popLast() { found.append(start.union(token.span)) }
      default: break
      }
    }
    return found.filter { spansLines($0, in: source) }.sorted()
  }

  private func spansLines(_ span: Span, in source: SourceFile) -> Bool {
    source.bytes(of: span).contains { $0 == 0x0A || $0 == 0x0D }
  }

  /// Comments that follow one another, each on a line of its own.
  private func comments(before token: Token, in source: SourceFile) -> [Span] {
    var runs: [Span] = []
    for comment in source.comments(before: token) {
      if let last = runs.last, source.onlyOneLineEnd(from: last.end, to: comment.start) {
        runs[runs.count - 1] = last.union(comment)
      } else {
        runs.append(comment)
      }
    }
    return runs
  }
}

extension SourceFile {
  /// The bytes of a span, as far as they are in the file.
  func bytes(of span: Span) -> ArraySlice<UInt8> {
    let end = min(Int(span.end), bytes.count)
    return bytes[min(Int(span.start), end)..<end]
  }

  /// Each from its `#` to the end of its line.
  func comments(before token: Token) -> [Span] {
    var found: [Span] = []
    var index = Int(token.triviaStart)
    let end = min(Int(token.span.start), bytes.count)
    while index < end {
      guard bytes[index] == UInt8(ascii: "#") else {
        index += 1
        continue
      }
      let start = index
      while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      found.append(Span(file: id, start: UInt32(start), end: UInt32(index)))
    }
    return found
  }

  fileprivate func onlyOneLineEnd(from start: UInt32, to end: UInt32) -> Bool {
    guard start <= end, Int(end) <= bytes.count else { return false }
    return bytes[Int(start)..<Int(end)].count { $0 == 0x0A } <= 1
  }
}
