extension LintRules {
  static let nameRules: [any LintRule.Type] = [LookalikeNames.self]
}
