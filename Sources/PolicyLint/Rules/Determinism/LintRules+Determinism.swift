extension LintRules {
  static let determinismRules: [any LintRule.Type] = [UntestedState.self]
}
