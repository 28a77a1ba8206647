extension LintRules {
  static let orderRules: [any LintRule.Type] = [
    UnreachableRoute.self, UnreachableTask.self, Contradiction.self, Tautology.self,
    RedundantRoute.self, OverlapDecidedByOrder.self, NotDecidedRule.self,
  ]
}
