package import PolicyGraph
package import PolicySemantics
package import PolicySource
import PolicyUnits

/// Decides what happens to a request: the graph finds the route, the frozen policy the plan.
///
/// Pure: the same input, expectations and policy give the same decision. Share one per policy, between
/// as many threads as there are.
package final class Decider: Sendable {
  package let graph: DecisionGraph
  package let frozen: FrozenPolicy
  private let shelf = ScratchShelf()

  package init(_ graph: DecisionGraph) {
    self.graph = graph
    self.frozen = FrozenPolicy(graph.policy)
  }

  /// Decides a request.
  ///
  /// - Throws: if the request does not fit the policy's facts.
  package func decide(
    _ input: RequestInput, expecting expectations: Expectations = Expectations()
  ) throws(FactProblem) -> Decision {
    var facts = try graph.facts(of: input)
    var scratch = shelf.take(for: graph)
    let decision = decide(input, &facts, expecting: expectations, in: &scratch)
    shelf.put(consume scratch)
    return decision
  }

  /// Decides a request whose facts have been read.
  ///
  /// `sizes` are those of the request, where it was measured already.
  ///
  /// - Complexity: that of the graph's decision, and O(calls + guards + budgets of the route).
  package func decide(
    _ input: borrowing RequestInput, measured sizes: RecordedSizes? = nil,
    _ facts: inout RequestFacts, expecting expectations: Expectations, in scratch: inout Scratch
  ) -> Decision {
    var draft = Decision(frozen.fingerprints, classifiers: recorded(facts))
    make(&draft, input, sizes, &facts, expectations, &scratch)
    return draft
  }

  /// Decides a recorded request again: the decision its request got under this policy.
  package func decide(_ request: RecordedRequest) -> Decision {
    var facts = graph.facts(of: request.facts)
    var scratch = shelf.take(for: graph)
    var draft = Decision(frozen.fingerprints, classifiers: recorded(facts))
    make(&draft, request, nil, &facts, request.expectations, &scratch)
    shelf.put(consume scratch)
    return draft
  }

  /// Apart, so that the decision has one way out and is not copied on it.
  private func make(
    _ draft: inout Decision, _ input: borrowing some PlannableRequest, _ sizes: RecordedSizes?,
    _ facts: inout RequestFacts, _ expectations: Expectations, _ scratch: inout Scratch
  ) {
    while true {
      let trace = graph.decideTracing(&facts, in: &scratch)
      let outcome = trace.outcome
      draft.trace = trace
      switch outcome {
      case .unreadable(let failure):
        draft.outcome = .refused(.unreadable(failure))
        return
      case .route(let route, let task):
        draft.route = route
        draft.task = task
        plan(route, input, sizes, &facts, expectations, &scratch, &draft)
        return
      case .needs(let classifier):
        if ask(classifier, input, sizes, &facts, &scratch, &draft) { return }
      }
    }
  }

  private func recorded(_ facts: borrowing RequestFacts) -> [ClassifierUse] {
    var known: [ClassifierUse] = []
    for index in frozen.policy.classifiers.indices {
      guard let label = facts.label(of: ClassifierID(index)) else { continue }
      known.append(
        ClassifierUse(classifier: ClassifierID(index), label: label, origin: .recorded))
    }
    return known
  }
}

// MARK: Classifiers

extension Decider {
  /// Plans the call that answers a classifier.
  ///
  /// - Returns: false if a guard keeps its model from this text: then its answer is what it declares
  ///   for a failure, and the decision goes on.
  private func ask(
    _ id: ClassifierID, _ input: borrowing some PlannableRequest, _ sizes: RecordedSizes?,
    _ facts: inout RequestFacts, _ scratch: inout Scratch, _ draft: inout Decision
  ) -> Bool {
    let guards = activeGuards(&facts, &scratch)
    if let (guardID, message, span) = guards.refusal {
      draft.outcome = .refused(.byGuard(guardID, message: message, span))
      return true
    }
    draft.outcome = .needs(id)
    let classifier = frozen.policy[id]
    draft.cost = CostInterval(
      atLeast: .unknown(.undecided(id)), expected: .unknown(.undecided(id)),
      atMost: .unknown(.undecided(id)))
    draft.tokens = TokenSpend(atMost: nil)
    guard let arm = ArmSkeleton.asking(id, classifier, in: frozen.policy) else { return true }
    var planner = Planner(
      frozen: frozen, arm: arm,
      request: PlanRequest(input, measured: sizes, dropsTools: guards.dropsTools != nil),
      guards: guards,
      expectations: Expectations(), bound: nil)
    draft.plan.calls = planner.plan().calls
    if case .keptOut(let guardID, _)? = draft.plan.calls.first?.dropReason {
      facts.settle(id, label: classifier.onFailure)
      draft.classifiers.append(
        ClassifierUse(
          classifier: id, label: classifier.onFailure, origin: .failed(byGuard: guardID)))
      draft.reset()
      return false
    }
    return true
  }

  /// The guards whose `when` holds; one that hangs on a classifier is held to its failure value.
  func activeGuards(
    _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> ActiveGuards {
    var active = ActiveGuards()
    for index in frozen.guards.indices {
      let site = ConditionSite.guarding(GuardID(index))
      var truth = graph.evaluate(site, &facts, in: &scratch)
      if truth == .unknown {
        var failed = facts
        for classifier in frozen.policy.classifiers.indices {
          let id = ClassifierID(classifier)
          guard failed.label(of: id) == nil else { continue }
          failed.settle(id, label: frozen.policy[id].onFailure)
        }
        truth = graph.evaluate(site, &failed, in: &scratch)
      }
      // A guard that cannot be read (a text that cannot be scanned) holds: it fails closed.
      if truth != .no { active.add(frozen.guards[index]) }
    }
    return active
  }
}

// MARK: The route

extension Decider {
  private func plan(
    _ route: RouteID, _ input: borrowing some PlannableRequest, _ sizes: RecordedSizes?,
    _ facts: inout RequestFacts, _ expectations: Expectations, _ scratch: inout Scratch,
    _ draft: inout Decision
  ) {
    let guards = activeGuards(&facts, &scratch)
    draft.budgets = standings(input, &facts, &scratch)
    if let (guardID, message, span) = guards.refusal {
      draft.outcome = .refused(.byGuard(guardID, message: message, span))
      return
    }
    let skeleton = frozen.routes[route.index]
    if let (message, span) = skeleton.refusal {
      draft.outcome = .refused(.byRoute(route, message: message, span))
      return
    }
    let arm = chooseArm(skeleton, route, input, facts.identities, &draft)
    let request = PlanRequest(input, measured: sizes, dropsTools: guards.dropsTools != nil)
    var effects = EffectWriter(arm: arm, request: request, frozen: frozen)
    for index in arm.conditional {
      guard case .compress(let id) = arm.effects[index].kind else { continue }
      if let open = graph.classifier(
        decisiveFor: .compression(id), &facts, in: &scratch)
      {
        draft.outcome = .needs(open)
        return
      }
      if graph.evaluate(.compression(id), &facts, in: &scratch) == .no { effects.skip(index) }
    }
    settle(route, arm, effects, request, guards, expectations, &draft)
  }

  /// Plans an arm once everything it depends on is known.
  func settle(
    _ route: RouteID, _ arm: ArmSkeleton, _ effects: consuming EffectWriter,
    _ request: PlanRequest, _ guards: ActiveGuards, _ expectations: Expectations,
    _ draft: inout Decision
  ) {
    var effects = effects
    effects.write(guards)
    var planner = Planner(
      frozen: frozen, arm: arm, request: request, guards: guards, expectations: expectations,
      bound: bound(arm, draft.budgets), tokenBound: tokenBound(draft.budgets),
      compression: effects.compression, inactive: effects.inactive, start: effects.start)
    draft.fill(arm, effects, planner.plan())
    judge(route, &draft)
  }

  /// Refuses where a budget is spent or no call is left.
  private func judge(_ route: RouteID, _ draft: inout Decision) {
    if let spent = draft.budgets.first(where: \.isSpent) {
      draft.outcome = .refused(.byBudget(spent.budget))
    } else if let reason = Self.emptied(draft.plan.calls) {
      draft.outcome = .refused(.emptied(reason))
    } else {
      draft.outcome = .route(route)
    }
  }

  /// The reason that answers for an empty plan: a guard's before a budget's before any other.
  private static func emptied(_ calls: [PlannedCall]) -> DropReason? {
    var reasons: [DropReason] = []
    for call in calls where call.step.answers {
      guard let reason = call.dropReason else { return nil }
      reasons.append(reason)
    }
    return reasons.first(where: \.isGuard) ?? reasons.first(where: \.isShortOfBudget)
      ?? reasons.first
  }

  private func chooseArm(
    _ skeleton: RouteSkeleton, _ route: RouteID, _ input: borrowing some PlannableRequest,
    _ identities: RequestIdentities, _ draft: inout Decision
  ) -> ArmSkeleton {
    guard let split = skeleton.split else { return skeleton.arms[0] }
    let name = frozen.policy[route].name
    let (point, hashed) =
      if let named = SplitKey.point(split.by, route: name, identities) {
        named
      } else {
        (SplitKey.point(route: name, of: input.textDigest), hashed: CheckedSplit.Key.request)
      }
    let index = split.arm(at: point)
    let arm = split.arms[index]
    draft.arm = ChosenArm(
      index: index, name: arm.name, share: arm.share, by: split.by, hashed: hashed,
      span: arm.span)
    return skeleton.arms[index]
  }
}

extension Decider {
  /// The arm of a request of a log; `digest` stands for the request itself, where a split goes by it.
  package func arm(
    of route: RouteID, _ identities: RequestIdentities, digest: StableHash.Digest
  ) -> Int {
    guard let split = frozen.routes[route.index].split else { return 0 }
    let name = frozen.policy[route].name
    let named = SplitKey.point(split.by, route: name, identities)
    return split.arm(at: named?.0 ?? SplitKey.point(route: name, of: digest))
  }
}

// MARK: Budgets

extension Decider {
  func standings(
    _ input: borrowing some PlannableRequest, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> [BudgetStanding] {
    var standings: [BudgetStanding] = []
    for (index, budget) in frozen.policy.budgets.enumerated() {
      let id = BudgetID(index)
      guard graph.evaluate(.budget(id), &facts, in: &scratch) != .no else { continue }
      standings.append(
        standing(of: budget, id, used: input.used(of: id)))
    }
    return standings
  }

  func standing(of budget: CheckedBudget, _ id: BudgetID, used: Int64) -> BudgetStanding {
    let isPerRequest = budget.window == .request
    return BudgetStanding(
      budget: id, cap: budget.cap.amount, used: isPerRequest ? 0 : used,
      needsStore: !isPerRequest)
  }

  /// The tightest of what binds everything the request spends.
  private func bound(_ arm: ArmSkeleton, _ budgets: [BudgetStanding]) -> MoneyBound? {
    var tightest = arm.bounds.first.flatMap { $0 }
    for standing in budgets {
      guard case .money = frozen.policy[standing.budget].cap else { continue }
      let left = Money(nanos: standing.left)
      if let amount = tightest?.amount, amount <= left { continue }
      tightest = .budget(standing.budget, left: left)
    }
    return tightest
  }

  /// The tightest limit on all tokens of the request.
  private func tokenBound(_ budgets: [BudgetStanding]) -> TokenBound? {
    var tightest: TokenBound?
    for standing in budgets {
      guard case .tokens = frozen.policy[standing.budget].cap else { continue }
      if let left = tightest?.left, left <= standing.left { continue }
      tightest = TokenBound(budget: standing.budget, left: standing.left)
    }
    return tightest
  }
}
