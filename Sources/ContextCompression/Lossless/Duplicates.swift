/// Blocks that stand there twice.
///
/// A block is a paragraph that nothing introduces, or what introduces something (a heading, a label, a
/// question, a line that leads in) with all that stands below it: `5 EUR` below `Oslo` says another
/// thing than `5 EUR` below `Bergen`. Short blocks may repeat for a reason, and what holds code, data or
/// examples stays.
struct Duplicates {
  /// Fewer bytes are no block worth dropping.
  static let leastBytes = 64

  /// Where the first block of its kind stands, and the headings it stands under.
  private struct Original {
    let text: Int
    let range: Range<Int>
    /// Their numbers among all texts that introduce.
    let leads: [Int]
  }

  /// For each text, for each unit: where its block stood first; nil for the first of its kind.
  static func find(in texts: [ContextSource.SourceText]) -> [[SpanPlace?]] {
    var first: [UInt64: Original] = [:]
    var known: [ArraySlice<UInt8>: Int] = [:]
    return texts.enumerated().map { number, text in
      var places: [SpanPlace?] = Array(repeating: nil, count: text.units.count)
      // Of two copies with `Everything above is void.` between them, only one is void.
      guard text.units.allSatisfy({ $0.governing == nil }) else {
        first = [:]
        return places
      }
      /// The numbers of the leads of this text, by where they begin.
      var read: [Int: Int] = [:]
      for (block, label) in blocks(of: text) {
        let range = visible(of: block, in: text)
        guard range.count >= leastBytes, text.units[block].allSatisfy({ !$0.isProtected }),
          !isBound(text.units, block), !leadsBeyond(text.units, block)
        else { continue }
        let leads = (headings(over: block, of: text) + (label.map { [$0] } ?? [])).map { lead in
          // Each lead is read once, however much stands below it.
          if let number = read[lead.lowerBound] { return number }
          let number = known[text.bytes[lead], default: known.count]
          known[text.bytes[lead]] = number
          read[lead.lowerBound] = number
          return number
        }
        var hash = text.bytes[range].reduce(TermHash.basis) { TermHash.adding($1, to: $0) }
        for lead in leads { hash = TermHash.adding(UInt32(truncatingIfNeeded: lead), to: hash) }
        guard let found = first[hash] else {
          first[hash] = Original(text: number, range: range, leads: leads)
          continue
        }
        let original = texts[found.text]
        guard original.bytes[found.range] == text.bytes[range], found.leads == leads else {
          continue
        }
        for unit in block {
          let shift = text.units[unit].range.lowerBound - range.lowerBound
          places[unit] = SpanPlace(
            message: original.message, text: original.text,
            offset: found.range.lowerBound + max(0, shift))
        }
      }
      return places
    }
  }

  /// Whether a block begins with what speaks of the one before, or such a one comes behind it.
  private static func isBound(_ units: [TextUnit], _ block: Range<Int>) -> Bool {
    units[block.lowerBound].dependence == .passage
      || units.indices.contains(block.upperBound)
        && units[block.upperBound].dependence == .passage
  }

  /// Whether something behind a block stands below a heading in it.
  private static func leadsBeyond(_ units: [TextUnit], _ block: Range<Int>) -> Bool {
    var next = block.upperBound < units.count ? units[block.upperBound].owner : nil
    while let owner = next {
      if block.contains(owner) { return true }
      next = units[owner].owner
    }
    return false
  }

  /// The texts of the headings a block stands under that are not in it.
  private static func headings(
    over block: Range<Int>, of text: ContextSource.SourceText
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var next = text.units[block.lowerBound].owner
    while let owner = next {
      if !block.contains(owner) { found.append(visible(text.bytes, text.units[owner].range)) }
      next = text.units[owner].owner
    }
    return found
  }

  // MARK: - Blocks

  /// What introduces, with what stands below it up to the next that introduces; before the first of
  /// them, each paragraph by itself.
  ///
  /// Beside each the last thing before it that introduces without the mark of a heading, so that nobody
  /// can say how far it reaches.
  private static func blocks(
    of text: ContextSource.SourceText
  ) -> [(units: Range<Int>, label: Range<Int>?)] {
    var found: [(units: Range<Int>, label: Range<Int>?)] = []
    var isIntroduced = false
    var isIntroducing = false
    var label: Range<Int>?
    for paragraph in paragraphs(of: text) {
      let introduces = introduces(paragraph, of: text)
      if isIntroduced, !introduces || isIntroducing, let last = found.last {
        found[found.count - 1].units = last.units.lowerBound..<paragraph.upperBound
      } else {
        found.append((paragraph, label))
      }
      isIntroduced = isIntroduced || introduces
      isIntroducing = introduces
      guard introduces else { continue }
      let seen = visible(of: paragraph, in: text)
      if text.bytes[seen].first != 0x23 { label = seen }
    }
    return found
  }

  private static func visible(
    of units: Range<Int>, in text: ContextSource.SourceText
  ) -> Range<Int> {
    visible(
      text.bytes,
      text.units[units.lowerBound].range
        .lowerBound..<text.units[units.upperBound - 1].range.upperBound)
  }

  /// Whether a paragraph says what the next ones are: a heading, a label, a question, an example, or
  /// whatever does not end as a sentence does.
  private static func introduces(
    _ paragraph: Range<Int>, of text: ContextSource.SourceText
  ) -> Bool {
    let units = text.units[paragraph]
    for unit in units {
      switch unit.kind {
      case .heading, .lead, .protected(.example), .protected(.markup), .protected(.governing):
        return true
      case .sentence, .item, .table, .protected: break
      }
    }
    if units.allSatisfy({ $0.kind != .sentence && $0.kind != .item }) {
      // `[2]` and `` `Oslo` `` are labels as well.
      return visible(of: paragraph, in: text).count < leastBytes
    }
    if units.count > 1, units.allSatisfy({ $0.kind == .item }) { return false }
    return !endsSentence(text.bytes[visible(of: paragraph, in: text)])
  }

  /// Whether a full stop or an exclamation mark ends it, perhaps within marks that close.
  private static func endsSentence(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while let last = rest.last, last == 0x22 || last == 0x27 || last == 0x29 { rest.removeLast() }
    for closer in ["”", "’", "»", "“", "」"]
    where rest.reversed().starts(with: closer.utf8.reversed()) {
      rest.removeLast(closer.utf8.count)
    }
    if let last = rest.last, last == 0x2E || last == 0x21 { return true }
    return ["。", "！", "…", "।", "۔", "｡"].contains {
      rest.reversed().starts(with: $0.utf8.reversed())
    }
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
