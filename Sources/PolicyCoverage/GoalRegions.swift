import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicySource

/// The requests that show what coverage asks of conditions, guards and compressions, and those that
/// may show the rest, as diagrams: what is called is called of no request that guards keep from it.
struct GoalRegions {
  let regions: RegionSpace
  private let policy: CheckedPolicy
  /// Where each shared condition is read.
  private let readers: [SharedCondition: [ConditionSite]]
  private let guarded: GuardRegions
  private let guards: [GuardID]

  /// The guards are those that keep anything out.
  init(
    _ regions: RegionSpace, _ readers: [SharedCondition: [ConditionSite]], _ guarded: GuardRegions,
    by guards: [GuardID]
  ) {
    self.regions = regions
    policy = regions.graphs[0].policy
    self.readers = readers
    self.guarded = guarded
    self.guards = guards
  }

  func region(of goal: CoverageGoal) throws(DiagramsTooLarge) -> Diagram {
    switch goal.what {
    case .condition(let site, let part, let holds):
      return try region(of: site, part, holds)
    case .guarding(let id): return try regions.holds(.guarding(id))
    case .line(let route, let span):
      return try regions.store.and(
        try whereServed(route), try whereApplies(route, span))
    case .route(let id): return try regions.decides(id)
    case .arm(let id, _): return try whereServed(id)
    case .fallback(let id, let span):
      return try regions.store.and(try whereServed(id), try whereCalled(policy[id], span))
    case .tier(let ladder, let tier), .gate(let ladder, let tier, _, _):
      var found = Diagram.never
      for (index, route) in policy.routes.enumerated() where route.climbs(ladder) {
        found = try regions.store.or(found, try whereServed(RouteID(index)))
      }
      let model = policy[ladder].tiers[tier].model
      return try regions.store.minus(found, try guarded.lost(model, to: guards, regions))
    case .gateFails(let id):
      var found = Diagram.never
      for site in policy.askings(of: id) {
        found = try regions.store.or(found, try region(of: CoverageGoal(site, at: goal.span)))
      }
      return found
    case .classifierFails(let id): return try whereAsked(id)
    case .budget(let id):
      return try regions.store.minus(
        try regions.holds(.budget(id)), try guarded.refused(by: guards, regions))
    }
  }

  /// The requests of a route that no guard refuses.
  private func whereServed(_ route: RouteID) throws(DiagramsTooLarge) -> Diagram {
    try regions.store.minus(try regions.decides(route), try guarded.refused(by: guards, regions))
  }

  /// Where guards leave a fallback something to call.
  private func whereCalled(
    _ route: CheckedRoute, _ span: Span
  ) throws(DiagramsTooLarge) -> Diagram {
    var found = Diagram.never
    for fallback in route.uses.flatMap(\.fallbacks) where fallback.span == span {
      let models: [ModelID]
      switch fallback.target.kind {
      case .model(let id): models = [id]
      case .ladder(let id): models = policy[id].tiers.map(\.model)
      // The model a caller names may be one that is kept.
      case .requested: return .always
      }
      for model in models {
        let lost = try guarded.lost(model, to: guards, regions)
        found = try regions.store.or(found, try regions.store.not(lost))
      }
    }
    return found
  }

  /// Where a part of a condition has a value, and the condition's hangs on it.
  private func region(
    of site: ConditionSite, _ part: Int, _ holds: Bool
  ) throws(DiagramsTooLarge) -> Diagram {
    guard let condition = policy.condition(at: site) else { return .never }
    let part = condition.coverageParts[part]
    let store = regions.store
    let with = try regions.holds(part.whereItHolds)
    let without = try regions.holds(part.whereItFails)
    let matters = try store.or(try store.minus(with, without), try store.minus(without, with))
    let value = try regions.holds(part.condition)
    let wanted = holds ? value : try store.not(value)
    return try store.and(try store.and(matters, wanted), try whereAsked(site))
  }

  /// The requests whose decision looks at a condition.
  private func whereAsked(_ site: ConditionSite) throws(DiagramsTooLarge) -> Diagram {
    switch site {
    case .route(let id): return try regions.rest(of: .always, after: id.index)
    case .task(let id):
      var left = Diagram.always
      for index in 0..<id.index {
        left = try regions.store.minus(left, try regions.task(TaskID(index)))
      }
      return left
    case .budget, .guarding: return .always
    case .compression(let id):
      var found = Diagram.never
      for (index, route) in policy.routes.enumerated() where route.compresses(with: id) {
        found = try regions.store.or(found, try regions.decides(RouteID(index)))
      }
      return found
    case .named(let id): return try whereRead(.named(id))
    case .pointsLine(let id, _): return try whereRead(.points(id))
    case .always: return .never
    }
  }

  /// The requests whose decision hangs on a classifier that says what it is when it fails.
  private func whereAsked(_ id: ClassifierID) throws(DiagramsTooLarge) -> Diagram {
    var found = Diagram.never
    for site in policy.conditionSites {
      let parts = policy.condition(at: site)?.coverageParts ?? []
      for (index, part) in parts.enumerated() where part.condition.reads(id) {
        for holds in [true, false] {
          found = try regions.store.or(found, try region(of: site, index, holds))
        }
      }
    }
    let classifier = policy[id]
    let label = RequestTest.label(.classifier(id), oneOf: [classifier.onFailure])
    return try regions.store.and(found, try regions.holds(.test(label, classifier.span)))
  }

  private func whereRead(_ shared: SharedCondition) throws(DiagramsTooLarge) -> Diagram {
    var found = Diagram.never
    for site in readers[shared] ?? [] {
      found = try regions.store.or(found, try whereAsked(site))
      if found == .always { break }
    }
    return found
  }

  /// A compression applies where its `when` holds; every other line wherever its route is taken.
  private func whereApplies(_ route: RouteID, _ span: Span) throws(DiagramsTooLarge) -> Diagram {
    for case .compress(let id, span) in policy[route].effects {
      return try regions.holds(.compression(id))
    }
    return .always
  }
}

extension CheckedRoute {
  fileprivate func climbs(_ ladder: LadderID) -> Bool {
    uses.contains { use in
      ([use.target] + use.fallbacks.map(\.target)).contains { $0.kind == .ladder(ladder) }
    }
  }

  fileprivate func compresses(with id: CompressionID) -> Bool {
    effects.contains { effect in
      if case .compress(id, _) = effect { true } else { false }
    }
  }
}

extension CheckedPolicy {
  /// Where tiers accept by a gate.
  func askings(of gate: GateID) -> [CoverageGoal.What] {
    ladders.enumerated().flatMap { ladder, found in
      found.tiers.enumerated().flatMap { tier, asking in
        asking.accepts.indices.filter { asking.accepts[$0].gate == gate }.map { pass in
          .gate(LadderID(ladder), tier: tier, pass: pass, accepts: true)
        }
      }
    }
  }

  /// Every place with a condition that decides anything, `always` blocks apart.
  var conditionSites: [ConditionSite] {
    conditions.indices.map { .named(ConditionID($0)) }
      + points.indices.flatMap { index in
        points[index].lines.indices.map { .pointsLine(PointsID(index), $0) }
      }
      + tasks.indices.map { .task(TaskID($0)) } + budgets.indices.map { .budget(BudgetID($0)) }
      + guards.indices.map { .guarding(GuardID($0)) }
      + compressions.indices.map { .compression(CompressionID($0)) }
      + routes.indices.map { .route(RouteID($0)) }
  }

  /// Which of those places read each shared condition.
  var readers: [SharedCondition: [ConditionSite]] {
    var found: [SharedCondition: [ConditionSite]] = [:]
    for site in conditionSites {
      for shared in Set(condition(at: site)?.mentions ?? []) {
        found[shared, default: []].append(site)
      }
    }
    return found
  }
}
