extension LintRules {
  static let budgetRules: [any LintRule.Type] = [
    BoundBelowAnyCall.self, WindowBelowOneRequest.self, BudgetNeverBinds.self, NoOutputBound.self,
    UnknownPrice.self, CallerRaisesCost.self, ImagesUnderBound.self, AmountOverCap.self,
  ]
}
