extension LintRules {
  static let placeRules: [any LintRule.Type] = [
    GuardLeavesNoModel.self, StepOutsideGuard.self, GuardOnCallerFact.self,
  ]
}
