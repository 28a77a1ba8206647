extension LintRules {
  static let determinismRules: [any LintRule.Type] = []
}
