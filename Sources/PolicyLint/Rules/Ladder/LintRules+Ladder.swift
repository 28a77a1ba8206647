extension LintRules {
  static let ladderRules: [any LintRule.Type] = [
    GateNeverAccepts.self, GateAlwaysAccepts.self, LastTierGated.self, LogprobsUnavailable.self,
    FormOnlyGate.self, LadderCannotSave.self, JudgeDearerThanNext.self, DearerNotBetter.self,
    JudgeOfOwnFamily.self, PromptOverWindow.self, UnmeasuredGate.self,
  ]
}
