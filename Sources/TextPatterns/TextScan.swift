/// What is known of one text so far: each group of tests is decided when one of it is first asked.
///
/// A caller keeps one and uses it for text after text; then a scan does not allocate.
///
/// ```swift
/// var scan = TextScan(of: set)
/// scan.start()
/// let holds = try scan.holds(3, in: bytes.span)
/// ```
package struct TextScan: Sendable {
  package let set: PatternSet
  /// One bit for each pattern; those of a group count only once the group is done.
  private var hits: [UInt64]
  private var isMentionsDone = false
  private var isContainsDone = false
  private var isRegexesDone = false
  private var areFeaturesDone = false
  private var found: TextFeatures = []
  private var regexFound: [UInt8]
  private var folded = FoldedText()

  package init(of set: PatternSet) {
    self.set = set
    hits = [UInt64](repeating: 0, count: (set.count + 63) / 64)
    regexFound = [UInt8](repeating: 0, count: set.regexOwners.count)
  }

  /// The bytes it holds on to, which grow with the longest text that was folded.
  package var room: Int { folded.bytes.capacity }

  /// Forgets the last text.
  package mutating func start() {
    for index in hits.indices { hits[index] = 0 }
    isMentionsDone = false
    isContainsDone = false
    isRegexesDone = false
    areFeaturesDone = false
    found = []
  }

  /// Whether a pattern of the set holds for the text, which must be the same since ``start()``.
  ///
  /// O(bytes) when it is the first of its group, O(1) after. An index out of range never holds.
  package mutating func holds(
    _ index: Int, in text: Span<UInt8>
  ) throws(ScanFailure) -> Bool {
    guard set.groups.indices.contains(index) else { return false }
    guard text.count <= set.limits.textBytes else {
      throw .textTooLong(bytes: text.count, limit: set.limits.textBytes)
    }
    switch set.groups[index] {
    case .mentions:
      if !isMentionsDone { text.withTextBytes { scanMentions($0) } }
    case .contains:
      if !isContainsDone { text.withTextBytes { scanContains($0) } }
    case .regexes:
      if !isRegexesDone {
        try text.withTextBytes { (text) throws(ScanFailure) in
          try scanRegexes(text)
        }
      }
    case .features(let wanted):
      if !areFeaturesDone { text.withTextBytes { scanFeatures($0) } }
      return !found.isDisjoint(with: wanted)
    case .prefix:
      return text.withTextBytes { startsWith(set.patterns[index], $0) }
    }
    return hits[index >> 6] >> UInt64(index & 63) & 1 != 0
  }

  /// Adds to `answers`, one bit for each pattern, those that hold and are answered by the same pass as
  /// one of them.
  ///
  /// O(bytes) when it is the first of its group.
  package mutating func addGroup(
    of index: Int, in text: Span<UInt8>, to answers: inout [UInt64]
  ) throws(ScanFailure) {
    guard set.groups.indices.contains(index) else { return }
    let group = set.groups[index]
    switch group {
    case .mentions, .contains, .regexes:
      _ = try holds(index, in: text)
      // Bits of other groups are only set once those were asked for, and hold as well.
      for word in hits.indices where word < answers.count { answers[word] |= hits[word] }
    case .features, .prefix:
      for other in set.groups.indices where set.groups[other].isAnswered(with: group) {
        if try holds(other, in: text) { answers[other >> 6] |= 1 << UInt64(other & 63) }
      }
    }
  }

  private mutating func scanMentions(_ text: TextBytes) {
    isMentionsDone = true
    let isASCII = text.asciiRun(from: 0) == text.count
    if isASCII {
      set.wordStarts?.scan(text, hits: &hits)
      if let anywhere = set.anywhere, !anywhere.skipsASCII {
        anywhere.scan(text, hits: &hits)
      }
    } else {
      folded.fold(text)
      let bytes = folded.bytes
      bytes.withTextBytes { text in
        set.wordStarts?.scan(text, hits: &hits)
        set.anywhere?.scan(text, hits: &hits)
      }
    }
  }

  private mutating func scanContains(_ text: TextBytes) {
    isContainsDone = true
    set.exact?.scan(text, hits: &hits)
  }

  private mutating func scanRegexes(_ text: TextBytes) throws(ScanFailure) {
    guard let regexes = set.regexes else { return }
    try regexes.match(text, into: &regexFound)
    for (index, pattern) in set.regexOwners.enumerated() where regexFound[index] != 0 {
      hits[pattern >> 6] |= 1 << UInt64(pattern & 63)
    }
    isRegexesDone = true
  }

  private mutating func scanFeatures(_ text: TextBytes) {
    found = set.features.scan(text)
    areFeaturesDone = true
  }
}

/// Whether the text begins with exactly these bytes.
private func startsWith(_ pattern: TextPattern, _ text: TextBytes) -> Bool {
  if case .startsWith(let prefix) = pattern { return text.stands(prefix.utf8, at: 0) }
  return false
}
