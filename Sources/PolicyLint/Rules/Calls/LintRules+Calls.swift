extension LintRules {
  static let callRules: [any LintRule.Type] = []
}
