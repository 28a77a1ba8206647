import PolicySemantics
import TextPatterns
import TokenEstimates

extension ReferenceTexts {
  /// The estimate is a chapter of its own with its own tests; here it is taken as given.
  func tokens(of part: TextPart, as family: TokenizerFamily) -> Int64 {
    guard let family = TokenFamily(rawValue: family.rawValue) else { return -1 }
    return TokenEstimate(text: Array(text(of: part).utf8).span, family: family).high
  }

  /// Of the question; like the estimate, a chapter of its own.
  var language: String { TextLanguage.code(of: Array(text(of: .question).utf8).span) }
}
