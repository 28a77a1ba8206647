extension LintRules {
  static let cacheRules: [any LintRule.Type] = []
}
