import PolicyGraph
import PolicySemantics

/// A decision while it is being made.
struct DecisionDraft {
  var outcome = Decision.Outcome.refused(.emptied(.notInCatalog("")))
  var trace: Trace?
  var route: RouteID?
  var task: TaskID?
  var arm: ChosenArm?
  var effects: [PlannedEffect] = []
  var legs: [Plan.Leg] = []
  var calls: [PlannedCall] = []
  var start = 0
  var notYet: [NotYet] = []
  var budgets: [BudgetStanding] = []
  var cost = CostInterval.zero
  var classifiers: [ClassifierUse]

  init(classifiers: [ClassifierUse]) { self.classifiers = classifiers }

  mutating func fill(
    _ arm: ArmSkeleton, _ effects: EffectWriter, _ calls: [PlannedCall], _ cost: CostInterval
  ) {
    self.effects = effects.effects
    self.notYet = effects.notYet
    self.start = effects.start
    self.legs = arm.legs
    self.calls = calls
    self.cost = cost
  }

  /// Forgets a classifier's call that will not be made.
  mutating func reset() {
    calls = []
    notYet = []
    cost = .zero
  }

  /// Ends the draft, so that what it holds moves on and is not copied.
  consuming func decision(_ frozen: FrozenPolicy) -> Decision {
    Decision(
      outcome: outcome, route: route, task: task, arm: arm,
      plan: Plan(effects: effects, legs: legs, calls: calls, start: start, notYet: notYet),
      budgets: budgets, cost: cost, classifiers: classifiers, trace: trace,
      fingerprints: frozen.fingerprints)
  }
}
