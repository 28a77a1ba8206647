/// The tables of the counting pass.
struct CountingSteps: Sendable {
  static let shared = CountingSteps()

  /// The order decides nothing; 0 stands before a text begins.
  enum Kind: UInt8, CaseIterable {
    case none, small, capital, digit, mark, space, newline, tail, two, three, four

    /// Every byte that is not ASCII counts as a letter.
    var isLetter: Bool {
      switch self {
      case .small, .capital, .tail, .two, .three, .four: true
      case .none, .digit, .mark, .space, .newline: false
      }
    }
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
      if !previous.isLetter {
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
}
