/// What up to 255 steps of eight bytes count, a counter for each of the eight places.
struct ASCIILanes {
  private(set) var words: UInt64 = 0
  private(set) var letters: UInt64 = 0
  private(set) var humps: UInt64 = 0
  private(set) var digits: UInt64 = 0
  private(set) var digitRuns: UInt64 = 0
  private(set) var marks: UInt64 = 0
  private(set) var markRuns: UInt64 = 0
  private(set) var newlineRuns: UInt64 = 0
  private(set) var indents: UInt64 = 0

  /// What the byte before the next eight is, each as a mask of the last of eight bytes.
  struct Edge {
    fileprivate var letter: UInt64
    fileprivate var small: UInt64
    fileprivate var digit: UInt64
    fileprivate var mark: UInt64
    fileprivate var newline: UInt64
    fileprivate var blank: UInt64

    init(after kind: CountingSteps.Kind) {
      func mask(_ holds: Bool) -> UInt64 { holds ? 0x80 << 56 : 0 }
      letter = mask(kind.isLetter)
      small = mask(kind == .small)
      digit = mask(kind == .digit)
      mark = mask(kind == .mark)
      newline = mask(kind == .newline)
      blank = mask(kind == .newline || kind == .space)
    }
  }

  /// Counts eight bytes, which are ASCII, with no branch: what a byte adds hangs on its kind and on
  /// that of the byte before, which is the same mask one place further.
  @inline(__always)
  mutating func add(_ bytes: EightBytes, after edge: inout Edge) {
    let small = bytes.mask(of: 0x61...0x7A)
    let letter = small | bytes.mask(of: 0x41...0x5A)
    let digit = bytes.mask(of: 0x30...0x39)
    let newline = bytes.mask(of: 0x0A...0x0D)
    let space = bytes.mask(of: 0x20...0x20) | bytes.mask(of: 0x09...0x09)
    let blank = space | newline
    let mark = EightBytes.highBits & ~(letter | digit | blank)

    words &+= (letter & ~(letter << 8 | edge.letter >> 56)) >> 7
    letters &+= letter >> 7
    humps &+= (letter & ~small & (small << 8 | edge.small >> 56)) >> 7
    digits &+= digit >> 7
    digitRuns &+= (digit & ~(digit << 8 | edge.digit >> 56)) >> 7
    marks &+= mark >> 7
    markRuns &+= (mark & ~(mark << 8 | edge.mark >> 56)) >> 7
    newlineRuns &+= (newline & ~(newline << 8 | edge.newline >> 56)) >> 7
    indents &+= (space & (blank << 8 | edge.blank >> 56)) >> 7

    edge.letter = letter
    edge.small = small
    edge.digit = digit
    edge.mark = mark
    edge.newline = newline
    edge.blank = blank
  }

  /// The sum of eight counters.
  static func sum(_ lanes: UInt64) -> Int64 {
    let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ (lanes >> 8 & 0x00FF_00FF_00FF_00FF)
    return Int64((pairs &* 0x0001_0001_0001_0001) >> 48)
  }
}
