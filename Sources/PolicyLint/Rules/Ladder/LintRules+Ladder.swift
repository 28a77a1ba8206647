extension LintRules {
  static let ladderRules: [any LintRule.Type] = []
}
