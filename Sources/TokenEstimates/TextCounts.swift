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
  ///
  /// Each byte is one of sixteen kinds; what a kind adds after the kind before it is looked up in a
  /// table whose entries hold sixteen small counters side by side, so that a byte costs two look-ups
  /// and one addition and no branch.
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
    var last = previous
    var start = 0
    while start < text.count {
      // A counter of eight bits holds at most 255.
      let end = min(text.count, start &+ 255)
      var counters = CountingSteps.Counters.zero
      for offset in start..<end {
        let kind = kinds[Int(text[offset])]
        counters &+= adds[Int(last &* 16 &+ kind)]
        last = kind
      }
      add(runs: counters[0], sizes: counters[1])
      start = end
    }
    previous = last
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

/// The tables of the counting pass.
private struct CountingSteps: Sendable {
  static let shared = CountingSteps()

  /// The order decides nothing; 0 stands before a text begins.
  enum Kind: UInt8, CaseIterable {
    case none, small, capital, digit, mark, space, newline, tail, two, three, four
  }

  /// Eight counters of runs, and eight of bytes by themselves.
  typealias Counters = SIMD2<UInt64>

  /// The kind of each byte.
  let kinds: [UInt8]
  /// What each kind adds after each other kind.
  let counters: [Counters]

  private init() {
    kinds = (0...255).map { Self.kind(of: $0).rawValue }
    counters = (0..<256).map { place in
      guard let previous = Kind(rawValue: UInt8(place / 16)),
        let kind = Kind(rawValue: UInt8(place % 16))
      else { return .zero }
      return Counters(Self.run(kind, after: previous), Self.size(of: kind))
    }
  }

  private static func kind(of byte: UInt8) -> Kind {
    switch byte {
    case 0x61...0x7A: .small
    case 0x41...0x5A: .capital
    case 0x30...0x39: .digit
    case 0x20, 0x09: .space
    case 0x0A...0x0D: .newline
    case 0x00..<0x80: .mark
    case 0x80..<0xC0: .tail
    case 0xC0..<0xE0: .two
    case 0xE0..<0xF0: .three
    default: .four
    }
  }

  private static func size(of kind: Kind) -> UInt64 {
    switch kind {
    case .small, .capital: 1
    case .digit: 1 << 8
    case .mark: 1 << 16
    case .two: 1 << 24
    case .three: 1 << 32
    case .four: 1 << 40
    case .none, .space, .newline, .tail: 0
    }
  }

  private static func run(_ kind: Kind, after previous: Kind) -> UInt64 {
    switch kind {
    case .small, .capital, .tail, .two, .three, .four:
      if !isLetter(previous) {
        1
      } else if kind == .capital && previous == .small {
        1 << 8
      } else {
        0
      }
    case .digit: previous == .digit ? 0 : 1 << 16
    case .mark: previous == .mark ? 0 : 1 << 24
    case .newline: previous == .newline ? 0 : 1 << 32
    case .space: previous == .space || previous == .newline ? 1 << 40 : 0
    case .none: 0
    }
  }

  private static func isLetter(_ kind: Kind) -> Bool {
    switch kind {
    case .small, .capital, .tail, .two, .three, .four: true
    case .none, .digit, .mark, .space, .newline: false
    }
  }
}
