extension LintRules {
  static let orderRules: [any LintRule.Type] = [
    ShadowedRoute.self, ShadowedTask.self, Contradiction.self, Tautology.self,
    RedundantRoute.self, OverlapDecidedByOrder.self, NotDecidedRule.self, AlwaysRefuted.self,
    AlwaysNotDecidedRule.self,
  ]
}
