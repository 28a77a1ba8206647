extension LintRules {
  static let textRules: [any LintRule.Type] = []
}
