extension PatternSet {
  /// The text that decided: the bytes of the leftmost match of a pattern, the longest there; nil if
  /// the pattern does not hold or the index is out of range.
  ///
  /// For explanations, not for deciding: it looks for one pattern alone and may allocate.
  package func firstMatch(
    of index: Int, in text: Span<UInt8>
  ) throws(ScanFailure) -> Range<Int>? {
    guard patterns.indices.contains(index) else { return nil }
    guard text.count <= limits.textBytes else {
      throw .textTooLong(bytes: text.count, limit: limits.textBytes)
    }
    return try text.withTextBytes { (text) throws(ScanFailure) in
      switch patterns[index] {
      case .mentions(let words): firstMention(of: words, in: text)
      case .contains(let texts): firstOccurrence(of: texts, in: text)
      case .startsWith(let prefix):
        firstOccurrence(of: [prefix], in: text, atStartOnly: true)
      case .matches:
        try firstRegexMatch(of: index, in: text)
      case .has(let kinds): FeatureTriggers(TextFeatures(kinds)).firstMatch(in: text)
      }
    }
  }

  private func firstRegexMatch(
    of index: Int, in text: TextBytes
  ) throws(ScanFailure) -> Range<Int>? {
    guard let regexes, let regex = regexOwners.firstIndex(of: index) else { return nil }
    return try regexes.firstMatch(of: regex, in: text)
  }
}

private func firstOccurrence(
  of texts: [String], in text: TextBytes, atStartOnly: Bool = false
) -> Range<Int>? {
  let needles = texts.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  for start in 0..<(atStartOnly ? min(1, text.count) : text.count) {
    for needle in needles
    where needle.count <= text.count - start
      && text.stands(needle, at: start)
    {
      return start..<start + needle.count
    }
  }
  return nil
}

private func firstMention(
  of words: [String], in text: TextBytes
) -> Range<Int>? {
  let keywords = words.compactMap(Keyword.init(mentioned:))
  var folded = FoldedText(keepingOrigins: true)
  folded.fold(text)
  let origins = folded.origins
  return folded.bytes.withTextBytes { bytes in
    for start in bytes.indices {
      let ends = keywords.compactMap { end(of: $0, at: start, in: bytes) }
      if let end = ends.max() {
        let touched = origins[start..<end]
        let from = touched.min() ?? 0
        let last = touched.max() ?? 0
        return from..<last + UTF8Scalar(text, at: last).count
      }
    }
    return nil
  }
}

/// Where a keyword ends that begins at an offset of a folded text, or nil if it does not.
private func end(
  of keyword: Keyword, at start: Int, in text: TextBytes
) -> Int? {
  var offset = start
  for byte in keyword.bytes {
    guard offset < text.count, ASCII.folded(text[offset]) == byte else {
      return nil
    }
    offset += 1
    if byte == 0x20 {
      while offset < text.count, ASCII.isSpace(text[offset]) { offset += 1 }
    }
  }
  guard !keyword.startsBound || WordRules.mayStart(at: start, in: text) else { return nil }
  return WordRules.mayEnd(at: offset, in: text, bound: keyword.endsBound) ? offset : nil
}
