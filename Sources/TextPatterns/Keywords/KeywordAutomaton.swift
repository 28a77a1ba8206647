/// Finds many keywords in one pass: an Aho–Corasick automaton behind a filter.
///
/// Most positions of a text begin no keyword. The filter passes over them by looking at four bytes
/// each, and only where a keyword may begin the automaton is walked, until it falls back to its
/// root. In a text of words only the starts of words are looked at, found eight bytes at a time, and
/// the filter looks at the whole word there, if it is not longer than eight bytes.
///
/// O(bytes) to scan, plus the hits.
///
/// A class, so that a scan takes hold of one thing and not of every table.
final class KeywordAutomaton: Sendable {
  enum Mode: Sendable {
    /// Folded text; keywords that begin at the start of a word.
    case wordStarts
    /// Folded text; keywords that begin anywhere.
    case anywhere
    /// Bytes as they are.
    case exact
  }

  struct Node: Sendable {
    /// The first of its edges, which are sorted by byte.
    var firstEdge: UInt32 = 0
    var edgeCount: UInt16 = 0
    /// Its keywords end with a bound word character.
    var endsBound = false
    /// The node of its longest proper suffix that is the start of a keyword.
    var failure: UInt32 = 0
    var firstOutput: UInt32 = 0
    var outputCount: UInt32 = 0
    /// The nearest node along the failures that has outputs; 0 for none.
    var outputLink: UInt32 = 0
  }

  let mode: Mode
  let nodes: [Node]
  let edgeBytes: [UInt8]
  let edgeTargets: [UInt32]
  /// The patterns that a keyword answers.
  let outputs: [UInt32]
  /// For each output, which keyword of its pattern it is.
  let members: [UInt32]
  /// The root's edge for each byte; 0 for none.
  let rootTargets: [UInt32]
  let filter: KeywordFilter
  /// In place of the other where keywords begin at the start of a word.
  let firstWords: FirstWordFilter
  /// No keyword begins with an ASCII byte.
  let skipsASCII: Bool

  /// What a builder froze.
  init(
    mode: Mode, nodes: [Node], edges: (bytes: [UInt8], targets: [UInt32]),
    outputs: (patterns: [UInt32], members: [UInt32]), rootTargets: [UInt32],
    filter: KeywordFilter, firstWords: FirstWordFilter
  ) {
    self.mode = mode
    self.nodes = nodes
    (edgeBytes, edgeTargets) = edges
    (self.outputs, members) = outputs
    self.rootTargets = rootTargets
    self.filter = filter
    self.firstWords = firstWords
    skipsASCII = rootTargets.prefix(0x80).allSatisfy { $0 == 0 }
  }

  /// Sets the bit of every pattern one of whose keywords is in the text.
  func scan(_ text: TextBytes, hits: inout [UInt64]) {
    var sink = KeywordHits(bits: hits)
    hits = []
    scan(text, into: &sink)
    hits = sink.bits
  }

  /// Tells the sink of every keyword where it ends: from the start of the text, longer ones first.
  func scan(_ text: TextBytes, into sink: inout some KeywordSink) {
    switch mode {
    case .wordStarts: scanWordStarts(text, &sink)
    case .anywhere, .exact: scanEverywhere(text, &sink)
    }
  }

  private func scanWordStarts(_ text: TextBytes, _ sink: inout some KeywordSink) {
    firstWords.withBits { filter in
      var resume = 0
      var carry: UInt64 = 0
      var base = 0
      while base < text.count {
        var starts = WordStarts.mask(text, at: base, carry: &carry)
        while starts != 0 {
          let offset = base &+ starts.trailingZeroBitCount
          starts &= starts &- 1
          if filter.passes(text.load8(padded: offset)), offset >= resume,
            WordRules.mayStart(at: offset, in: text)
          {
            resume = walk(text, from: offset, &sink)
          }
        }
        base &+= 64
      }
    }
  }

  private func scanEverywhere(_ text: TextBytes, _ sink: inout some KeywordSink) {
    filter.withBits { filter in
      var offset = 0
      while offset < text.count {
        if filter.passes(text.load4(at: offset)) {
          offset = max(offset &+ 1, walk(text, from: offset, &sink))
        } else {
          offset &+= 1
        }
      }
    }
  }

  /// Follows the automaton from its root until it is back there; returns the first offset it has
  /// not taken in.
  @inline(never)
  private func walk(
    _ text: TextBytes, from start: Int, _ sink: inout some KeywordSink
  ) -> Int {
    let folds = mode != .exact
    var state = 0
    var offset = start
    while offset < text.count {
      let raw = text[offset]
      let byte = folds ? ASCII.folded(raw) : raw
      var next = target(of: state, byte)
      while next == 0, state != 0 {
        state = Int(nodes[state].failure)
        if state == 0 { return max(offset, start &+ 1) }
        next = target(of: state, byte)
      }
      if next == 0 { return offset &+ 1 }
      state = next
      offset &+= 1
      if folds, byte == 0x20 {
        while offset < text.count, ASCII.isSpace(text[offset]) { offset &+= 1 }
      }
      let node = nodes[state]
      if node.outputCount != 0 || node.outputLink != 0 {
        report(from: state, at: offset, text, &sink)
      }
    }
    return offset
  }

  @inline(__always)
  private func target(of state: Int, _ byte: UInt8) -> Int {
    if state == 0 { return Int(rootTargets[Int(byte)]) }
    let node = nodes[state]
    var edge = Int(node.firstEdge)
    let end = edge &+ Int(node.edgeCount)
    while edge < end {
      if edgeBytes[edge] == byte { return Int(edgeTargets[edge]) }
      edge &+= 1
    }
    return 0
  }

  private func report(
    from state: Int, at end: Int, _ text: TextBytes, _ sink: inout some KeywordSink
  ) {
    var index = state
    repeat {
      let node = nodes[index]
      if node.outputCount != 0,
        mode == .exact || WordRules.mayEnd(at: end, in: text, bound: node.endsBound)
      {
        for output in Int(node.firstOutput)..<Int(node.firstOutput + node.outputCount) {
          sink.found(Int(outputs[output]), member: members[output])
        }
      }
      index = Int(node.outputLink)
    } while index != 0
  }
}

/// Takes what an automaton finds.
protocol KeywordSink {
  /// A keyword of a pattern, by its place in the pattern's list.
  mutating func found(_ pattern: Int, member: UInt32)
}

/// One bit for each pattern that was found.
struct KeywordHits: KeywordSink {
  var bits: [UInt64]

  @inline(__always)
  mutating func found(_ pattern: Int, member: UInt32) {
    bits[pattern >> 6] |= 1 << UInt64(pattern & 63)
  }
}
