extension LintRules {
  static let textRules: [any LintRule.Type] = [
    KeywordInsideAnother.self, OneLetterKeyword.self, CaseVariants.self,
    RegexDecidesNothing.self, PlainRegex.self, ASCIIWordEdge.self, ThousandsMark.self,
    PatternInText.self, TypographicApostrophe.self,
  ]
}
