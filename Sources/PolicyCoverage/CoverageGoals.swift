import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingRuntime

/// Everything a policy's tests could show, reachable or not, in written order.
struct CoverageGoals {
  private let policy: CheckedPolicy
  private(set) var goals: [CoverageGoal] = []
  /// The gates that tiers accept by.
  private var asked: Set<GateID> = []

  init(_ policy: CheckedPolicy) {
    self.policy = policy
    for (index, named) in policy.conditions.enumerated() {
      add(.named(ConditionID(index)), named.condition)
    }
    for (index, points) in policy.points.enumerated() {
      for (line, entry) in points.lines.enumerated() {
        add(.pointsLine(PointsID(index), line), entry.condition)
      }
    }
    for (index, task) in policy.tasks.enumerated() { add(.task(TaskID(index)), task.condition) }
    for (index, budget) in policy.budgets.enumerated() {
      add(.budget(BudgetID(index)), budget.condition)
      // What one request may spend is a bound on its plan; it need not ever refuse.
      if budget.window != .request { add(.budget(BudgetID(index)), budget.span) }
    }
    for (index, guarding) in policy.guards.enumerated() {
      add(.guarding(GuardID(index)), guarding.condition)
      add(.guarding(GuardID(index)), guarding.span)
    }
    for (index, compression) in policy.compressions.enumerated() {
      add(.compression(CompressionID(index)), compression.condition)
    }
    for (index, classifier) in policy.classifiers.enumerated() {
      add(.classifierFails(ClassifierID(index)), classifier.span)
    }
    let used = policy.laddersUsed
    for (index, ladder) in policy.ladders.enumerated() where used.contains(LadderID(index)) {
      add(ladder, LadderID(index))
    }
    for id in asked.sorted(by: { $0.index < $1.index }) where GateNeeds(id, of: policy).mayFail {
      add(.gateFails(id), policy[id].span)
    }
    for (index, route) in policy.routes.enumerated() { add(route, RouteID(index)) }
  }

  private mutating func add(_ what: CoverageGoal.What, _ span: Span) {
    goals.append(CoverageGoal(what, at: span))
  }

  private mutating func add(_ site: ConditionSite, _ condition: CheckedCondition?) {
    for (index, part) in (condition?.coverageParts ?? []).enumerated() {
      for holds in [true, false] {
        add(.condition(site, part: index, holds: holds), part.span)
      }
    }
  }

  private mutating func add(_ ladder: CheckedLadder, _ id: LadderID) {
    for (index, tier) in ladder.tiers.enumerated() {
      add(.tier(id, index), tier.span)
      for (pass, gate) in tier.accepts.enumerated() {
        asked.insert(gate.gate)
        for accepts in [true, false] {
          add(.gate(id, tier: index, pass: pass, accepts: accepts), gate.span)
        }
      }
      // Nothing gets past a tier that takes every answer and stops where a call fails.
      if tier.accepts.isEmpty, ladder.stopsWhenFailed { return }
    }
  }

  private mutating func add(_ route: CheckedRoute, _ id: RouteID) {
    add(.route(id), route.conditionSpan)
    add(.route(id), route.condition)
    for effect in route.effects { add(.line(id, effect.span), effect.span) }
    switch route.action {
    case .refuse: break
    case .use(let use): add(use, id)
    case .split(let split):
      for (index, arm) in split.arms.enumerated() {
        add(.arm(id, index), arm.span)
        for shape in arm.shapes { add(.line(id, shape.span), shape.span) }
        add(arm.use, id)
      }
    }
  }

  private mutating func add(_ use: CheckedUse, _ id: RouteID) {
    for fallback in use.fallbacks { add(.fallback(id, fallback.span), fallback.span) }
  }
}

extension CheckedPolicy {
  /// The ladders some route climbs.
  fileprivate var laddersUsed: Set<LadderID> {
    var used: Set<LadderID> = []
    for route in routes {
      for use in route.uses {
        for target in [use.target] + use.fallbacks.map(\.target) {
          if case .ladder(let id) = target.kind { used.insert(id) }
        }
      }
    }
    return used
  }
}

extension CheckedRoute {
  /// What it calls: once, or once for each arm.
  var uses: [CheckedUse] {
    switch action {
    case .refuse: []
    case .use(let use): [use]
    case .split(let split): split.arms.map(\.use)
    }
  }
}

extension CheckedRoute.Effect {
  /// The line as it stands in the policy, as a plan names it.
  var span: Span {
    switch self {
    case .cache(let rule): rule.span
    case .shape(let rule): rule.span
    case .compress(_, let span), .batch(_, _, let span), .stick(_, let span): span
    case .stop(let rule): rule.span
    case .shadow(_, let target): target.span
    }
  }
}
