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
  /// table whose entries hold eight small counters side by side, so that a byte costs two look-ups
  /// and two additions and no branch.
  package init(_ text: Span<UInt8>) {
    var previous = 0
    add(text, after: &previous)
  }

  /// `previous` is the kind of the last byte of what came before.
  fileprivate mutating func add(_ text: Span<UInt8>, after previous: inout Int) {
    bytes += Int64(text.count)
    let steps = CountingSteps.shared
    var last = previous
    var start = 0
    while start < text.count {
      // A counter of eight bits holds at most 255.
      let end = min(text.count, start &+ 255)
      var runs: UInt64 = 0
      var sizes: UInt64 = 0
      for offset in start..<end {
        let kind = Int(steps.kinds[Int(text[offset])])
        let step = last &* 16 &+ kind
        runs &+= steps.runs[step]
        sizes &+= steps.sizes[kind]
        last = kind
      }
      add(runs: runs, sizes: sizes)
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
  private var previous = 0

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

  /// The kind of each byte.
  private(set) var kinds = [UInt8](repeating: 0, count: 256)
  /// What each kind adds after each other kind: counters of runs.
  private(set) var runs = [UInt64](repeating: 0, count: 256)
  /// What each kind adds by itself.
  private(set) var sizes = [UInt64](repeating: 0, count: 16)

  private init() {
    for byte in 0...255 { kinds[byte] = Self.kind(of: UInt8(byte)).rawValue }
    for kind in Kind.allCases {
      sizes[Int(kind.rawValue)] = Self.size(of: kind)
      for previous in Kind.allCases {
        runs[Int(previous.rawValue) * 16 + Int(kind.rawValue)] = Self.run(kind, after: previous)
      }
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
