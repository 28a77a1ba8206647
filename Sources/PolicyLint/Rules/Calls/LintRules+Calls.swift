extension LintRules {
  static let callRules: [any LintRule.Type] = [
    GateHoldsStream.self, StopStillBilled.self, BatchOfStreams.self, BatchOfPersonalData.self,
  ]
}
