extension PatternProblem {
  /// One line in lower case without a full stop.
  package var message: String {
    switch self {
    case .empty: "a text test needs at least one visible character"
    case .tooLong(let bytes, let limit):
      "this text has \(bytes) bytes, and \(limit) is the most one may have"
    case .keywordsTooLarge(let bytes, let limit):
      "the keywords of all text tests have \(bytes) bytes together, and \(limit) is the most"
    case .programTooLarge(let steps?, let limit):
      "this pattern compiles to \(steps) steps, and \(limit) is the most one may have"
    case .programTooLarge(nil, let limit):
      "this pattern compiles to far more than \(limit) steps, the most one may have"
    case .programsTooLarge(let steps, let limit):
      "all patterns compile to \(steps) steps up to this one, and \(limit) is the most"
    case .lookaround(let part):
      "the look-around `\(part.text)` is not part of RE2"
    case .backreference(let part):
      "the back-reference `\(part.text)` is not part of RE2"
    case .unsupported(let part):
      "`\(part.text)` is not part of RE2"
    case .syntax(let reason, let part):
      part.text.isEmpty ? reason : "\(reason): `\(part.text)`"
    case .outOfMemory: "there is not enough memory for this pattern"
    }
  }

  /// The way out, where there is one.
  package var advice: String? {
    switch self {
    case .empty, .syntax, .outOfMemory: nil
    case .tooLong, .keywordsTooLarge: "keep the words that decide, or split the policy"
    case .programTooLarge, .programsTooLarge:
      "use `mentions` for plain words, and smaller counts in repeats such as `{1,1000}`"
    case .lookaround:
      "write the part to find and the part to rule out as two tests: `matches /…/ and not …`"
    case .backreference:
      "spell out what may repeat: RE2 stays fast because it never looks back"
    case .unsupported:
      "RE2 never backtracks, so plain repeats and `(?:…)` do the same work"
    }
  }

  /// Where in the regular expression, in UTF-8 bytes; nil if the problem is not a part of one.
  package var range: Range<Int>? {
    switch self {
    case .lookaround(let part), .backreference(let part), .unsupported(let part),
      .syntax(_, let part):
      part.range
    case .empty, .tooLong, .keywordsTooLarge, .programTooLarge, .programsTooLarge, .outOfMemory:
      nil
    }
  }
}
