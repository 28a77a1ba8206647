package import PolicySemantics
import PolicyUnits

/// What planning reads of a request's texts, given outright.
///
/// For whoever asks about all requests of a kind: a plan of the largest one needs no text of that
/// size.
package final class GivenSizes: Sendable {
  /// What would be sent to models of each family, after the route's shapes and compressions.
  package let inputs: [TokenizerFamily: PlannedInput]
  /// UTF-8 bytes of the texts that judges, compressors and embedders are sent.
  package let bytes: [TextPart: Int64]

  package init(inputs: [TokenizerFamily: PlannedInput], bytes: [TextPart: Int64]) {
    self.inputs = inputs
    self.bytes = bytes
  }

  func input(_ family: TokenizerFamily) -> PlannedInput {
    inputs[family]
      ?? PlannedInput(interval: .init(low: 0, high: .max, bound: .max), expected: .max)
  }
}

/// Everything the planning of a route depends on, settled without a request.
///
/// What ``Decider`` finds out about one request, an analysis says of all that are alike.
package struct PlanSituation: Sendable {
  package var route: RouteID
  package var task: TaskID?
  /// Index into the arms of the route's split; 0 without one.
  package var arm: Int
  /// The guards whose `when` holds.
  package var guards: [GuardID]
  /// The budgets whose `when` holds, and what is used of each.
  package var budgets: [(id: BudgetID, used: Int64)]
  /// Compressions whose `when` does not hold.
  package var skipped: Set<CompressionID>
  package var request: PlanRequest

  package init(
    route: RouteID, task: TaskID?, arm: Int, guards: [GuardID],
    budgets: [(id: BudgetID, used: Int64)], skipped: Set<CompressionID>, request: PlanRequest
  ) {
    self.route = route
    self.task = task
    self.arm = arm
    self.guards = guards
    self.budgets = budgets
    self.skipped = skipped
    self.request = request
  }
}

extension Decider {
  /// Decides what would be done in a situation, by the code that decides requests.
  ///
  /// The decision has no trace and no arm: nothing was hashed.
  package func decision(
    in situation: PlanSituation, expecting expectations: Expectations = Expectations()
  ) -> Decision {
    var draft = Decision(frozen.fingerprints, classifiers: [])
    draft.route = situation.route
    draft.task = situation.task
    draft.budgets = situation.budgets.map {
      standing(of: frozen.policy[$0.id], $0.id, used: $0.used)
    }
    var guards = ActiveGuards()
    for id in situation.guards { guards.add(frozen.guards[id.index]) }
    if let (guardID, message, span) = guards.refusal {
      draft.outcome = .refused(.byGuard(guardID, message: message, span))
      return draft
    }
    let skeleton = frozen.routes[situation.route.index]
    if let (message, span) = skeleton.refusal {
      draft.outcome = .refused(.byRoute(situation.route, message: message, span))
      return draft
    }
    let arm = skeleton.arms[situation.arm]
    var effects = EffectWriter(arm: arm, request: situation.request, frozen: frozen)
    for index in arm.conditional {
      if case .compress(let id) = arm.effects[index].kind, situation.skipped.contains(id) {
        effects.skip(index)
      }
    }
    settle(situation.route, arm, effects, situation.request, guards, expectations, &draft)
    return draft
  }
}

extension Decision {
  /// Takes calls from another plan of the same arm; the answering ones that are nil stay as they are.
  package mutating func adopt(_ calls: [PlannedCall?]) {
    for (index, call) in calls.enumerated() where plan.calls.indices.contains(index) {
      if let call { plan.calls[index] = call }
    }
  }

  /// The decision if, of the answering calls, only these were kept.
  ///
  /// Calls that were not kept anyway stay dropped for their own reason.
  package func keeping(_ kept: Set<Int>) -> Decision {
    var decision = self
    for (index, call) in plan.calls.enumerated()
    where call.isKept && call.step.answers && !kept.contains(index) {
      decision.plan.calls[index] = call.dropped(.lineDoesNotApply)
    }
    if let route { decision.outcome = .route(route) }
    return decision
  }
}
