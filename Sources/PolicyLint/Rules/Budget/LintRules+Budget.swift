extension LintRules {
  static let budgetRules: [any LintRule.Type] = []
}
