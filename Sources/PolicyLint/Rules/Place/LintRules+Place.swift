extension LintRules {
  static let placeRules: [any LintRule.Type] = []
}
