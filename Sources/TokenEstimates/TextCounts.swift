/// What an estimate needs to know of a text: counted once, weighed for each family.
package struct TextCounts: Hashable, Sendable {
  package internal(set) var bytes: Int64 = 0
  /// Runs of letters; every byte that is not ASCII counts as a letter here.
  var words: Int64 = 0
  /// ASCII letters.
  var letters: Int64 = 0
  /// Capitals right after a small letter.
  var humps: Int64 = 0
  var digits: Int64 = 0
  var digitRuns: Int64 = 0
  /// Other visible ASCII, and controls.
  var marks: Int64 = 0
  var markRuns: Int64 = 0
  var newlineRuns: Int64 = 0
  /// Runs of white space longer than the one space that goes with a word.
  var indents: Int64 = 0
  /// Scalars by the number of their bytes.
  var twoBytes: Int64 = 0
  var threeBytes: Int64 = 0
  var fourBytes: Int64 = 0

  init() {}

  /// Counts in one pass.
  package init(_ text: Span<UInt8>) {
    var previous: UInt8 = 0
    add(text, after: &previous)
  }

  /// `previous` is the kind of the last byte of what came before.
  fileprivate mutating func add(_ text: Span<UInt8>, after previous: inout UInt8) {
    bytes += Int64(text.count)
    let steps = CountingSteps.shared
    let kinds = steps.kinds.span
    let adds = steps.counters.span
    var offset = 0
    while offset < text.count {
      if offset &+ 8 <= text.count {
        offset = addASCII(text, from: offset, after: &previous, kinds)
      }
      offset = addBytes(text, from: offset, after: &previous, kinds, adds)
    }
  }

  /// Counts eight bytes at a time while they are ASCII; returns where it stopped.
  private mutating func addASCII(
    _ text: Span<UInt8>, from start: Int, after previous: inout UInt8, _ kinds: Span<UInt8>
  ) -> Int {
    let last = text.count &- 8
    var offset = start
    var edge = ASCIILanes.Edge(after: CountingSteps.Kind(rawValue: previous) ?? .none)
    var isASCII = true
    while isASCII, offset <= last {
      var lanes = ASCIILanes()
      // A lane of eight bits holds at most 255.
      let end = min(last, offset &+ 254 &* 8)
      while offset <= end {
        let bytes = EightBytes(of: text, at: offset)
        isASCII = bytes.isASCII
        guard isASCII else { break }
        lanes.add(bytes, after: &edge)
        offset &+= 8
      }
      add(lanes)
    }
    if offset > start { previous = kinds[Int(text[offset &- 1])] }
    return offset
  }

  /// Counts up to 64 bytes, whatever they are; returns where it stopped.
  ///
  /// Each byte is one of sixteen kinds; what a kind adds after the kind before it is looked up in a
  /// table whose entries hold sixteen small counters side by side, so that a byte costs two look-ups
  /// and one addition and no branch.
  private mutating func addBytes(
    _ text: Span<UInt8>, from start: Int, after previous: inout UInt8,
    _ kinds: Span<UInt8>, _ adds: Span<CountingSteps.Counters>
  ) -> Int {
    // Far enough that text which is hardly ever ASCII is not asked about it for nothing, and within
    // the 255 that a counter of eight bits holds.
    let end = min(text.count, start &+ 64)
    var counters = CountingSteps.Counters.zero
    var last = previous
    for offset in start..<end {
      let kind = kinds[Int(text[offset])]
      counters &+= adds[Int(last &* 16 &+ kind)]
      last = kind
    }
    previous = last
    add(runs: counters[0], sizes: counters[1])
    return end
  }

  private mutating func add(_ lanes: ASCIILanes) {
    words += ASCIILanes.sum(lanes.words)
    letters += ASCIILanes.sum(lanes.letters)
    humps += ASCIILanes.sum(lanes.humps)
    digits += ASCIILanes.sum(lanes.digits)
    digitRuns += ASCIILanes.sum(lanes.digitRuns)
    marks += ASCIILanes.sum(lanes.marks)
    markRuns += ASCIILanes.sum(lanes.markRuns)
    newlineRuns += ASCIILanes.sum(lanes.newlineRuns)
    indents += ASCIILanes.sum(lanes.indents)
  }

  private mutating func add(runs: UInt64, sizes: UInt64) {
    func counter(_ packed: UInt64, _ place: UInt64) -> Int64 {
      Int64(packed >> (8 &* place) & 0xFF)
    }
    words += counter(runs, 0)
    humps += counter(runs, 1)
    digitRuns += counter(runs, 2)
    markRuns += counter(runs, 3)
    newlineRuns += counter(runs, 4)
    indents += counter(runs, 5)
    letters += counter(sizes, 0)
    digits += counter(sizes, 1)
    marks += counter(sizes, 2)
    twoBytes += counter(sizes, 3)
    threeBytes += counter(sizes, 4)
    fourBytes += counter(sizes, 5)
  }
}

/// Counts a text that comes in pieces, however it is cut: what it counts is what ``TextCounts`` counts of
/// the whole.
package struct RunningTextCounts: Hashable, Sendable {
  package private(set) var counts = TextCounts()
  private var previous: UInt8 = 0

  package init() {}

  /// O(bytes).
  package mutating func add(_ piece: Span<UInt8>) { counts.add(piece, after: &previous) }
}
