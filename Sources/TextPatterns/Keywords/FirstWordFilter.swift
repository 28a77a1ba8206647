/// Says of most words of a text, from their first eight bytes, that no keyword begins with them.
///
/// A keyword that begins a word holds that word whole, or ends with it: so its letters, digits and
/// underscores up to the first other byte are those of the text, one for one. It may let a word pass in
/// vain, never the other way round.
struct FirstWordFilter: Sendable {
  /// One bit for each hash of a keyword's first word.
  private var words = [UInt64](repeating: 0, count: 256)

  /// Lets a keyword pass.
  mutating func insert(_ bytes: [UInt8]) {
    let first = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let bit = Self.hash(Self.word(first))
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Lends the filter's bits for one scan.
  func withBits(_ body: (Bits) -> Void) {
    unsafe words.withUnsafeBufferPointer { body(unsafe Bits(words: $0)) }
  }

  /// The filter while it is used; must not outlive the closure it is lent to.
  @safe
  struct Bits {
    /// Always 256 words, which any hash falls into.
    fileprivate let words: UnsafeBufferPointer<UInt64>

    /// Whether a keyword may begin with the word that begins with these eight bytes, the first one
    /// lowest; after the end of the text they are 0.
    @inline(__always)
    func passes(_ bytes: UInt64) -> Bool {
      let bit = FirstWordFilter.hash(FirstWordFilter.word(bytes))
      return unsafe words[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 != 0
    }
  }

  /// The bytes before the first that is no ASCII word character, in one case, the others 0.
  @inline(__always)
  private static func word(_ bytes: UInt64) -> UInt64 {
    let others = ~WordStarts.words(in: bytes) & 0x8080_8080_8080_8080
    // The lowest bit set moves to the start of its byte; all below it are kept, and all if there is none.
    let kept = (others & (0 &- others)) >> 7 &- 1
    return (bytes | 0x2020_2020_2020_2020) & kept
  }

  /// Fourteen bits.
  @inline(__always)
  private static func hash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 50)
  }
}
