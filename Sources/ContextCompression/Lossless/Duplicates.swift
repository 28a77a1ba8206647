/// Paragraphs that stand there twice.
///
/// A paragraph here is a run of units between empty lines. Short ones may repeat for a reason, and
/// what holds code, data or examples stays.
struct Duplicates {
  /// Fewer bytes are no paragraph worth dropping.
  static let leastBytes = 64

  /// For each text, for each unit: where its paragraph stood first; nil for the first of its kind.
  static func find(in texts: [ContextSource.SourceText]) -> [[SpanPlace?]] {
    var first: [UInt64: (text: Int, range: Range<Int>)] = [:]
    return texts.enumerated().map { number, text in
      var places: [SpanPlace?] = Array(repeating: nil, count: text.units.count)
      // Of two copies with `Everything above is void.` between them, only one is void.
      guard text.units.allSatisfy({ $0.governing == nil }) else {
        first = [:]
        return places
      }
      for paragraph in paragraphs(of: text) {
        let range = visible(
          text.bytes,
          text.units[paragraph.lowerBound].range
            .lowerBound..<text.units[paragraph.upperBound - 1].range.upperBound)
        guard range.count >= leastBytes,
          text.units[paragraph].allSatisfy({ !$0.isProtected }),
          !isBound(text.units, paragraph)
        else { continue }
        let hash = text.bytes[range].reduce(TermHash.basis) { TermHash.adding($1, to: $0) }
        guard let found = first[hash] else {
          first[hash] = (number, range)
          continue
        }
        let original = texts[found.text]
        guard original.bytes[found.range] == text.bytes[range] else { continue }
        for unit in paragraph {
          let shift = text.units[unit].range.lowerBound - range.lowerBound
          places[unit] = SpanPlace(
            message: original.message, text: original.text,
            offset: found.range.lowerBound + max(0, shift))
        }
      }
      return places
    }
  }

  /// Whether a paragraph begins with what speaks of the one before, or such a one comes behind it.
  private static func isBound(_ units: [TextUnit], _ paragraph: Range<Int>) -> Bool {
    units[paragraph.lowerBound].dependence == .passage
      || units.indices.contains(paragraph.upperBound)
        && units[paragraph.upperBound].dependence == .passage
  }

  /// Runs of units with no empty line between them.
  private static func paragraphs(of text: ContextSource.SourceText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for unit in text.units.indices where endsParagraph(text.bytes, text.units[unit].range) {
      found.append(start..<unit + 1)
      start = unit + 1
    }
    if start < text.units.count { found.append(start..<text.units.count) }
    return found
  }

  private static func endsParagraph(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var newlines = 0
    var place = range.upperBound
    while place > range.lowerBound, bytes[place - 1].isWhite {
      place -= 1
      if bytes[place] == 0x0A { newlines += 1 }
    }
    return newlines >= 2
  }

  /// A range without the white space around it.
  static func visible(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while end > start, bytes[end - 1].isWhite { end -= 1 }
    while start < end, bytes[start].isWhite { start += 1 }
    return start..<end
  }
}
