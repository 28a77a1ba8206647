/// Writes texts shorter without losing anything.
enum LosslessWriting {
  static func texts(of source: ContextSource) -> [ContextSource.MadeText?] {
    let duplicates = Duplicates.find(in: source.texts)
    return source.texts.enumerated().map { number, text in
      if let written = HTMLText.text(of: text.bytes), written.count < text.bytes.count {
        return ContextSource.MadeText(pieces: [
          .init(
            source: 0..<text.bytes.count,
            fate: .rewritten(.htmlToText, bytes: written.count), written: written)
        ])
      }
      // A text that says nothing new stays: an empty message is none.
      let isRepeated = duplicates[number].allSatisfy { $0 != nil }
      return pieces(
        of: text, isRepeated ? duplicates[number].map { _ in nil } : duplicates[number])
    }
  }

  private static func pieces(
    of text: ContextSource.SourceText, _ duplicates: [SpanPlace?]
  ) -> ContextSource.MadeText {
    var made = ContextSource.MadeText()
    /// Where the prose begins that is written as one.
    var prose = 0
    for (place, unit) in text.units.enumerated() {
      let visible = Duplicates.visible(text.bytes, unit.range)
      if let original = duplicates[place] {
        add(prose..<unit.range.lowerBound, of: text.bytes, to: &made)
        // The white space before the first visible byte stands at another place of the original.
        made.pieces.append(
          .init(source: unit.range.lowerBound..<visible.lowerBound, fate: .kept))
        made.pieces.append(.init(source: visible, fate: .dropped(.duplicate(of: original))))
        prose = visible.upperBound
        continue
      }
      switch unit.kind {
      case .sentence, .item, .heading, .lead: continue
      case .protected(let reason):
        add(prose..<lineStart(of: visible, text.bytes), of: text.bytes, to: &made)
        let range = lineStart(of: visible, text.bytes)..<visible.upperBound
        made.pieces.append(protected(range, reason, text.bytes))
        prose = visible.upperBound
      case .table:
        let start = lineStart(of: visible, text.bytes)
        add(prose..<start, of: text.bytes, to: &made)
        made.pieces.append(.init(source: start..<visible.upperBound, fate: .kept))
        prose = visible.upperBound
      }
    }
    add(prose..<text.bytes.count, of: text.bytes, to: &made)
    return made
  }

  /// The blanks before a block belong to it.
  private static func lineStart(of range: Range<Int>, _ bytes: [UInt8]) -> Int {
    var start = range.lowerBound
    while start > 0, bytes[start - 1].isBlank { start -= 1 }
    return start
  }

  private static func protected(
    _ range: Range<Int>, _ reason: Protection, _ bytes: [UInt8]
  ) -> ContextSource.MadeText.Piece {
    guard reason == .json, let written = CompactJSON.written(bytes, range),
      written.count < range.count
    else { return .init(source: range, fate: .protected(reason)) }
    return .init(
      source: range, fate: .rewritten(.compactJSON, bytes: written.count), written: written)
  }

  private static func add(
    _ range: Range<Int>, of bytes: [UInt8], to made: inout ContextSource.MadeText
  ) {
    guard !range.isEmpty else { return }
    let written = WhiteSpace.written(bytes, range)
    if written.count == range.count {
      made.pieces.append(.init(source: range, fate: .kept))
    } else {
      made.pieces.append(
        .init(
          source: range, fate: .rewritten(.whiteSpace, bytes: written.count), written: written))
    }
  }
}
