extension PatternSet {
  /// Of each list of keywords or exact texts that holds, which member shows it: by pattern, the place
  /// in its list of the one that ends first in the text, the longest there; -1 for all else.
  ///
  /// What a record keeps instead of the words of the text. One pass for all `mentions`, one for all
  /// `contains`: O(bytes), as a scan. A text past the limit shows nothing.
  package func foundMembers(
    in text: Span<UInt8>, mentions: Bool, contains: Bool
  ) -> [Int32] {
    var sink = FirstMembers(members: Array(repeating: -1, count: patterns.count))
    guard text.count <= limits.textBytes else { return sink.members }
    text.withTextBytes { text in
      if contains { exact?.scan(text, into: &sink) }
      guard mentions else { return }
      if text.asciiRun(from: 0) == text.count {
        wordStarts?.scan(text, into: &sink)
        if let anywhere, !anywhere.skipsASCII { anywhere.scan(text, into: &sink) }
        return
      }
      var folded = FoldedText()
      folded.fold(text)
      folded.bytes.withTextBytes { text in
        wordStarts?.scan(text, into: &sink)
        anywhere?.scan(text, into: &sink)
      }
    }
    return sink.members
  }
}

/// By pattern, the first member that was found.
private struct FirstMembers: KeywordSink {
  var members: [Int32]

  mutating func found(_ pattern: Int, member: UInt32) {
    if members[pattern] < 0 { members[pattern] = Int32(truncatingIfNeeded: member) }
  }
}
