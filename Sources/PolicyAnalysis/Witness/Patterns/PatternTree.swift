/// A regular expression as far as texts can be written along it: anchors and flags are left out.
indirect enum PatternTree: Hashable {
  case nothing
  case character(CharacterChoice)
  case sequence([PatternTree])
  case alternatives([PatternTree])
  /// `most` is nil where there is no bound.
  case repeated(PatternTree, least: Int, most: Int?)
}

/// The characters one place of a pattern takes.
struct CharacterChoice: Hashable {
  /// Scalar values, ascending and apart.
  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    var joined: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound <= last.upperBound &+ 1 {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    self.ranges = joined
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  static let any = CharacterChoice([0...0x10_FFFF])
  static let digit = CharacterChoice([0x30...0x39])
  static let word = CharacterChoice([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = CharacterChoice([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])

  var inverted: CharacterChoice {
    var found: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { found.append(next...(range.lowerBound - 1)) }
      next = range.upperBound &+ 1
    }
    if next <= 0x10_FFFF { found.append(next...0x10_FFFF) }
    return CharacterChoice(found)
  }

  func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } }

  /// Characters of the choice that read well, the best first; any at all if none does.
  var readable: [Unicode.Scalar] {
    let known = Self.preferred.filter { contains($0.value) }
    if !known.isEmpty { return known }
    return ranges.compactMap { range in
      // A range may begin with surrogates, which are no characters.
      Unicode.Scalar(range.lowerBound) ?? Unicode.Scalar(range.upperBound)
    }
  }

  private static let preferred: [Unicode.Scalar] = Array(
    """
    abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ \
    -_.,:;!?'"()/%$&+*=<>@#[]{}|~^`\\\n\t\ré漢ñжω€
    """.unicodeScalars)
}
