/// Text tests, validated and frozen; shared by any number of scans at once.
///
/// The tests are answered by groups: all keywords, all exact texts, all regular expressions and all
/// features each take one pass over the text. ``TextScan`` runs a pass when it is first asked for.
package final class PatternSet: Sendable {
  package let patterns: [TextPattern]
  package let limits: PatternLimits
  let groups: [PatternGroup]
  let wordStarts: KeywordAutomaton?
  let anywhere: KeywordAutomaton?
  let exact: KeywordAutomaton?
  let regexes: RegexSet?
  /// The pattern each regular expression answers.
  let regexOwners: [Int]
  let features: FeatureTriggers

  /// Checks and compiles patterns.
  ///
  /// Throws the first problem, with the index of its pattern. Milliseconds for thousands of
  /// keywords; about 50 µs for each regular expression.
  package init(
    _ patterns: [TextPattern], limits: PatternLimits = PatternLimits()
  ) throws(PatternError) {
    var parts = PatternParts(limits: limits)
    for (index, pattern) in patterns.enumerated() { try parts.add(pattern, at: index) }
    self.patterns = patterns
    self.limits = limits
    groups = parts.groups
    wordStarts = parts.wordStarts.isEmpty ? nil : parts.wordStarts.freeze()
    anywhere = parts.anywhere.isEmpty ? nil : parts.anywhere.freeze()
    exact = parts.exact.isEmpty ? nil : parts.exact.freeze()
    regexes = parts.regexes.isEmpty ? nil : try RegexSet(parts.regexes, limits: limits)
    regexOwners = parts.regexes.map(\.pattern)
    features = FeatureTriggers(parts.features)
  }

  /// What is wrong with one pattern, or nil: what a checker asks before there is a set.
  package static func problem(
    in pattern: TextPattern, limits: PatternLimits = PatternLimits()
  ) -> PatternError? {
    do throws(PatternError) {
      _ = try PatternSet([pattern], limits: limits)
      return nil
    } catch {
      return error
    }
  }

  package var count: Int { patterns.count }
}

/// The pass that answers a pattern.
enum PatternGroup: Hashable, Sendable {
  case mentions, contains, prefix, regexes
  case features(TextFeatures)

  /// Whether one pass answers both.
  func isAnswered(with other: PatternGroup) -> Bool {
    switch (self, other) {
    case (.features, .features): true
    case _: self == other
    }
  }
}

/// What a set is made of, while it is collected.
private struct PatternParts {
  let limits: PatternLimits
  var groups: [PatternGroup] = []
  var wordStarts = KeywordAutomatonBuilder(mode: .wordStarts)
  var anywhere = KeywordAutomatonBuilder(mode: .anywhere)
  var exact = KeywordAutomatonBuilder(mode: .exact)
  var regexes: [(pattern: Int, text: String)] = []
  var features: TextFeatures = []
  private var keywordBytes = 0

  init(limits: PatternLimits) { self.limits = limits }

  mutating func add(_ pattern: TextPattern, at index: Int) throws(PatternError) {
    switch pattern {
    case .mentions(let words):
      groups.append(.mentions)
      for (member, word) in words.enumerated() {
        try measure(word, index, member)
        guard let keyword = Keyword(mentioned: word) else {
          throw PatternError(index: index, member: member, problem: .empty)
        }
        if keyword.startsBound {
          wordStarts.add(keyword, answering: index, member: member)
        } else {
          anywhere.add(keyword, answering: index, member: member)
        }
      }
    case .contains(let texts):
      groups.append(.contains)
      for (member, text) in texts.enumerated() {
        try measure(text, index, member)
        guard let keyword = Keyword(exact: text) else {
          throw PatternError(index: index, member: member, problem: .empty)
        }
        exact.add(keyword, answering: index, member: member)
      }
    case .startsWith(let text):
      groups.append(.prefix)
      try measure(text, index, 0)
      if text.isEmpty { throw PatternError(index: index, problem: .empty) }
    case .matches(let text):
      groups.append(.regexes)
      if text.utf8.count > limits.patternBytes {
        throw tooLong(text, index, 0)
      }
      regexes.append((index, text))
    case .has(let kinds):
      let wanted = TextFeatures(kinds)
      groups.append(.features(wanted))
      features.formUnion(wanted)
    }
  }

  private mutating func measure(
    _ text: String, _ index: Int, _ member: Int
  ) throws(PatternError) {
    if text.utf8.count > limits.patternBytes { throw tooLong(text, index, member) }
    keywordBytes += text.utf8.count
    if keywordBytes > limits.keywordBytes {
      throw PatternError(
        index: index, member: member,
        problem: .keywordsTooLarge(bytes: keywordBytes, limit: limits.keywordBytes))
    }
  }

  private func tooLong(_ text: String, _ index: Int, _ member: Int) -> PatternError {
    PatternError(
      index: index, member: member,
      problem: .tooLong(bytes: text.utf8.count, limit: limits.patternBytes))
  }
}
