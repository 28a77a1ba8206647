extension LintRules {
  static let compressionRules: [any LintRule.Type] = []
}
