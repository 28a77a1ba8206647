/// One test of one text.
///
/// A list means any of its members. What each test finds exactly:
/// - `mentions`: a keyword as whole words, any case, at any canonical spelling; a run of white space
///   in it matches any run of white space. See ``WordRules`` for where a word ends.
/// - `contains`: these bytes, case included.
/// - `startsWith`: these bytes at the very start; leading white space of the text counts.
/// - `matches`: an RE2 pattern anywhere in the text. RE2's `\b`, `\w` and `\d` know ASCII only.
/// - `has`: a feature; each case of ``TextFeatureKind`` states its rule.
package enum TextPattern: Sendable {
  case mentions([String])
  case contains([String])
  case startsWith(String)
  case matches(String)
  case has([TextFeatureKind])
}

/// By bytes, as texts are searched: `é` as one character is not `e` with an accent behind it.
extension TextPattern: Hashable {
  package static func == (a: TextPattern, b: TextPattern) -> Bool {
    switch (a, b) {
    case (.mentions(let a), .mentions(let b)), (.contains(let a), .contains(let b)):
      a.elementsEqual(b) { $0.utf8.elementsEqual($1.utf8) }
    case (.startsWith(let a), .startsWith(let b)), (.matches(let a), .matches(let b)):
      a.utf8.elementsEqual(b.utf8)
    case (.has(let a), .has(let b)): a == b
    case (.mentions, _), (.contains, _), (.startsWith, _), (.matches, _), (.has, _): false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .mentions(let texts), .contains(let texts): hasher.combine(texts.count)
    case .startsWith(let text), .matches(let text): hasher.combine(text.utf8.count)
    case .has(let features): hasher.combine(features)
    }
    for text in texts { for byte in text.utf8 { hasher.combine(byte) } }
  }

  private var texts: [String] {
    switch self {
    case .mentions(let texts), .contains(let texts): texts
    case .startsWith(let text), .matches(let text): [text]
    case .has: []
    }
  }
}

/// Limits that keep every scan bounded; a set past one of them is refused when it is built.
///
/// A scan costs at most a constant × program size × bytes.
package struct PatternLimits: Sendable {
  /// UTF-8 bytes of one keyword, exact text or regular expression.
  package var patternBytes = 1_024
  /// UTF-8 bytes of all keywords and exact texts of a set.
  package var keywordBytes = 1 << 20
  /// RE2's measure of one regular expression: about one step for each letter and choice.
  package var programSteps = 10_000
  /// The same for all regular expressions of a set.
  package var totalProgramSteps = 40_000
  /// Bytes RE2 may use for one pattern, and once more for all of them together.
  ///
  /// More is slower where it counts: automata that do not come to an end fill whatever they get.
  package var regexMemory = 8 << 20
  /// Program steps × bytes of text up to which one pass looks for all regular expressions.
  ///
  /// At worst a pass takes about 2.5 ns for each; beyond the limit each takes a pass of its own.
  package var jointRegexWork = 1 << 26
  /// UTF-8 bytes of one scanned text.
  package var textBytes = 16 << 20

  package init() {}
}

/// Why a set of patterns cannot be built.
package struct PatternError: Error, Hashable, Sendable {
  /// The pattern at fault, counted from 0; of `mentions` and `contains` also which member.
  package let index: Int
  package let member: Int
  package let problem: PatternProblem

  package init(index: Int, member: Int = 0, problem: PatternProblem) {
    self.index = index
    self.member = member
    self.problem = problem
  }
}

/// What is wrong with a pattern.
package enum PatternProblem: Hashable, Sendable {
  /// A keyword without a visible character, or an empty exact text.
  case empty
  case tooLong(bytes: Int, limit: Int)
  /// All keywords and exact texts together.
  case keywordsTooLarge(bytes: Int, limit: Int)
  /// One regular expression; nil where RE2 gave up before it could tell.
  case programTooLarge(steps: Int?, limit: Int)
  /// All regular expressions together, this being the one that went past the limit.
  case programsTooLarge(steps: Int, limit: Int)
  /// RE2 has no look-ahead and no look-behind.
  case lookaround(RegexPart)
  /// RE2 has no back-references.
  case backreference(RegexPart)
  /// RE2 has no possessive repeats, atomic groups, conditionals or recursion.
  case unsupported(RegexPart)
  case syntax(reason: String, RegexPart)
  case outOfMemory
}

/// The part of a regular expression an error is about.
package struct RegexPart: Hashable, Sendable {
  package let text: String
  /// UTF-8 bytes from the start of the pattern; the whole pattern where RE2 names no part.
  package let range: Range<Int>

  package init(text: String, range: Range<Int>) {
    self.text = text
    self.range = range
  }
}

/// Why a text could not be scanned.
///
/// A failed scan is never a miss: nothing is known of the text.
package enum ScanFailure: Error, Hashable, Sendable {
  case textTooLong(bytes: Int, limit: Int)
  case outOfMemory
  /// A log tells of the request and has not kept it.
  case notKept
}
