import PolicyGraph

// A decision while it is being made: filled in place, as copying one costs as much as making it.
extension Decision {
  /// Nothing is decided yet.
  init(_ fingerprints: Fingerprints, classifiers: [ClassifierUse]) {
    self.init(
      outcome: .refused(.emptied(.notInCatalog(""))), route: nil, task: nil, arm: nil, plan: .empty,
      budgets: [], cost: .zero,
      tokens: .none, classifiers: classifiers, trace: nil, fingerprints: fingerprints)
  }

  mutating func fill(
    _ arm: ArmSkeleton, _ effects: EffectWriter, _ planned: PlannedCalls
  ) {
    plan.effects = effects.effects
    plan.start = effects.start
    plan.legs = arm.legs
    plan.calls = planned.calls
    cost = planned.cost
    tokens = planned.tokens
  }

  /// Forgets a classifier's call that will not be made.
  mutating func reset() {
    plan.calls = []
    cost = .zero
    tokens = .none
  }
}
