/// A regular expression as a tree: what rules need to know of one.
///
/// Ranges are UTF-8 bytes of the pattern.
indirect enum RegexNode: Hashable, Sendable {
  case literal(Unicode.Scalar, ignoresCase: Bool)
  /// One character out of some.
  case set(RegexSetNode, Range<Int>)
  case assertion(RegexAssertion, Range<Int>)
  case sequence([RegexNode])
  case choice([RegexNode])
  /// `most` is nil for any number.
  case repeated(RegexNode, least: Int, most: Int?)
}

/// What a set of characters holds, as far as rules ask.
struct RegexSetNode: Hashable, Sendable {
  var kind: Kind
  /// Characters and the ends of ranges that are spelled out.
  var spelled: [Unicode.Scalar] = []

  enum Kind: Hashable, Sendable {
    /// `.`
    case any
    /// `\w`
    case word
    /// `\s`
    case space
    /// Anything else: `\d`, `\W`, `\pL`, `[…]`.
    case other
  }
}

enum RegexAssertion: Hashable, Sendable {
  /// `^` and `$`; of a line with the flag `m`.
  case start(ofLine: Bool), end(ofLine: Bool)
  /// `\b`
  case wordEdge
  /// `\B`
  case noWordEdge
}
