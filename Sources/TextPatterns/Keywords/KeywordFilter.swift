/// Says of most places in a text, from four bytes, that no keyword begins there.
///
/// It may let a place pass in vain, never the other way round.
struct KeywordFilter: Sendable {
  /// One bit for each hash of the first four bytes of a keyword.
  private var quads = [UInt64](repeating: 0, count: 256)
  /// One bit for each two bytes that keywords begin with whose first four are not all known.
  private var pairs: [UInt64] = []
  /// Sets the bit that tells small letters from capitals, whatever the byte.
  private let folds: UInt32

  init(foldingCase: Bool) { folds = foldingCase ? 0x2020_2020 : 0 }

  /// Lets a keyword pass.
  mutating func insert(_ bytes: [UInt8]) {
    // Any white space may stand for a space, so only the bytes before one are known.
    let known = folds == 0 ? bytes[...] : bytes.prefix { $0 != 0x20 }
    if known.count >= 4 {
      let quad = known.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } | folds
      let bit = Self.hash(quad)
      quads[bit >> 6] |= 1 << UInt64(bit & 63)
      return
    }
    if pairs.isEmpty { pairs = [UInt64](repeating: 0, count: 1_024) }
    let seconds = known.count >= 2 ? known.dropFirst().prefix(1).map(UInt32.init) : Array(0...255)
    for second in seconds {
      let pair = Int((UInt32(bytes[0]) | second << 8 | folds) & 0xFFFF)
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    }
  }

  /// Lends the filter's bits for one scan.
  func withBits(_ body: (Bits) -> Void) {
    unsafe quads.withUnsafeBufferPointer { quads in
      unsafe pairs.withUnsafeBufferPointer { pairs in
        body(unsafe Bits(quads: quads, pairs: pairs, folds: folds))
      }
    }
  }

  /// The filter while it is used; must not outlive the closure it is lent to.
  @safe
  struct Bits {
    /// Always 256 words, which any hash falls into.
    fileprivate let quads: UnsafeBufferPointer<UInt64>
    /// 1,024 words, which any pair falls into, or none.
    fileprivate let pairs: UnsafeBufferPointer<UInt64>
    fileprivate let folds: UInt32

    /// Whether a keyword may begin with these four bytes, the first one lowest.
    @inline(__always)
    func passes(_ bytes: UInt32) -> Bool {
      let folded = bytes | folds
      let bit = KeywordFilter.hash(folded)
      let quad = unsafe quads[bit >> 6]
      if quad >> UInt64(truncatingIfNeeded: bit & 63) & 1 != 0 { return true }
      if unsafe pairs.isEmpty { return false }
      let pair = Int(truncatingIfNeeded: folded & 0xFFFF)
      return unsafe pairs[pair >> 6] >> UInt64(truncatingIfNeeded: pair & 63) & 1 != 0
    }
  }

  /// Fourteen bits.
  @inline(__always)
  fileprivate static func hash(_ bytes: UInt32) -> Int {
    Int(truncatingIfNeeded: (bytes &* 0x9E37_79B1) >> 18)
  }
}
