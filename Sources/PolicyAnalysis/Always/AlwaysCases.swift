import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// Splits the requests that meet a condition by all that plans depend on and that is finite: route,
/// task, guards, arms, budgets, what is asked of a model.
struct AlwaysCases {
  private let regions: RegionSpace
  private let policy: CheckedPolicy
  private let frozen: FrozenPolicy
  private let limit: Int
  private(set) var cases: [AlwaysCase] = []
  private(set) var isOverLimit = false

  init(_ regions: RegionSpace, _ frozen: FrozenPolicy, limit: Int) {
    self.regions = regions
    self.frozen = frozen
    policy = frozen.policy
    self.limit = limit
  }

  /// The cases of one route; no case if nothing that meets the condition takes it.
  mutating func add(
    _ route: RouteID, meeting condition: Diagram, for expect: [Expectation]
  ) throws(DiagramsTooLarge) {
    let region = try regions.store.and(condition, try regions.decides(route))
    guard let feasible = try regions.feasible(region) else { return }
    var split = CaseSplit(regions, AlwaysCase(feasible.region, route), limit: limit - cases.count)
    if expect.contains(where: \.isOfTask) { try splitByTask(&split) }
    if expect.contains(where: \.isOfPlan) { try splitByPlan(&split, route) }
    isOverLimit = isOverLimit || split.isOverLimit
    cases += split.cases
  }

  /// All cases of one route's plans.
  mutating func addPlans(of route: RouteID) throws(DiagramsTooLarge) {
    guard let feasible = try regions.feasible(try regions.decides(route)) else { return }
    var split = CaseSplit(regions, AlwaysCase(feasible.region, route), limit: limit - cases.count)
    try splitByPlan(&split, route)
    isOverLimit = isOverLimit || split.isOverLimit
    cases += split.cases
  }

  private func splitByTask(_ split: inout CaseSplit) throws(DiagramsTooLarge) {
    for index in policy.tasks.indices {
      try split.by(try regions.task(TaskID(index))) { found, holds in
        if holds { found.task = TaskID(index) }
      }
    }
  }

  private func splitByPlan(
    _ split: inout CaseSplit, _ id: RouteID
  ) throws(DiagramsTooLarge) {
    try splitByGuards(&split)
    guard frozen.routes[id.index].refusal == nil else { return }
    let route = policy[id]
    try splitByBudgets(&split)
    for effect in route.effects {
      guard case .compress(let compression, _) = effect else { continue }
      try split.by(try regions.holds(.compression(compression))) { found, holds in
        if !holds { found.skipped.insert(compression) }
      }
    }
    try splitByNeeds(&split)
    try splitByNames(&split, route)
    split.byEach(route.openArms) { $0.arm = $1 }
    if route.sticks {
      split.byEach([nil] + route.answeringModels(policy)) { found, model in
        if found.hasConversation { found.lastModel = model }
      }
    }
  }

  private func splitByGuards(_ split: inout CaseSplit) throws(DiagramsTooLarge) {
    for (index, guarding) in policy.guards.enumerated() {
      let id = GuardID(index)
      try split.by(try regions.holds(.guarding(id))) { found, holds in
        guard holds else { return }
        found.guards.append(id)
        for case .dropTools in guarding.lines { found.dropsTools = true }
      }
    }
  }

  private func splitByBudgets(_ split: inout CaseSplit) throws(DiagramsTooLarge) {
    for (index, budget) in policy.budgets.enumerated() {
      let id = BudgetID(index)
      try split.by(try regions.holds(.budget(id))) { found, holds in
        if holds { found.budgets.append((id: id, isSpent: false)) }
      }
      guard budget.window != .request else { continue }
      try split.by(try regions.holds(PlanTests.isSpent(id, budget))) { found, holds in
        guard holds, found.budgets.last?.id == id else { return }
        found.budgets[found.budgets.count - 1].isSpent = true
      }
    }
  }

  private func splitByNeeds(_ split: inout CaseSplit) throws(DiagramsTooLarge) {
    try split.by(try regions.holds(PlanTests.hasTools)) { found, holds in
      if holds, !found.dropsTools { found.needs.insert(.tools) }
    }
    try split.by(try regions.holds(PlanTests.hasImages)) { found, holds in
      if holds { found.needs.insert(.images) }
    }
    try split.by(try regions.holds(PlanTests.format(.json))) { found, holds in
      if holds { found.needs.insert(.json) }
    }
    try split.by(try regions.holds(PlanTests.format(.jsonSchema))) { found, holds in
      if holds { found.needs.insert(.jsonSchema) }
    }
  }

  private func splitByNames(
    _ split: inout CaseSplit, _ route: CheckedRoute
  ) throws(DiagramsTooLarge) {
    if route.namesRequested {
      for model in policy.vocabulary.models {
        try split.by(try regions.holds(PlanTests.names(model))) { found, holds in
          if holds { found.name = model.name }
        }
      }
    }
    guard route.readsIdentities else { return }
    for identity in [Identity.user, .conversation] {
      let field = AnalysisField.identity(identity)
      guard let level = regions.space.level(of: field) else { continue }
      let absent = regions.space.variables[level].cells(oneOf: [.absent])
      let lacks = try regions.store.literal(level: level, cells: absent)
      try split.by(lacks) { found, lacks in
        if identity == .user { found.hasUser = !lacks } else { found.hasConversation = !lacks }
      }
    }
  }
}

/// Cases while they are split.
struct CaseSplit {
  private let regions: RegionSpace
  private let limit: Int
  private(set) var cases: [AlwaysCase]
  private(set) var isOverLimit = false

  init(_ regions: RegionSpace, _ whole: AlwaysCase, limit: Int) {
    self.regions = regions
    self.limit = limit
    cases = [whole]
  }

  /// Splits every case in two; halves that are empty fall away.
  mutating func by(
    _ test: Diagram, _ note: (inout AlwaysCase, Bool) -> Void
  ) throws(DiagramsTooLarge) {
    guard !isOverLimit else { return }
    var next: [AlwaysCase] = []
    for old in cases {
      for (region, holds) in [
        (try regions.store.and(old.region, test), true),
        (try regions.store.minus(old.region, test), false),
      ] where region != .never {
        var found = old
        found.region = region
        note(&found, holds)
        next.append(found)
      }
    }
    cases = next
    isOverLimit = next.count > limit
  }

  /// Splits every case by something that no diagram tells.
  mutating func byEach<Value>(_ values: [Value], _ note: (inout AlwaysCase, Value) -> Void) {
    guard !isOverLimit, values.count > 1 || !values.isEmpty else { return }
    cases = cases.flatMap { old in
      values.map { value in
        var found = old
        note(&found, value)
        return found
      }
    }
    isOverLimit = cases.count > limit
  }
}

extension Expectation {
  var isOfTask: Bool {
    if case .task = kind { true } else { false }
  }

  /// Whether it hangs on more than the route and the task.
  var isOfPlan: Bool {
    switch kind {
    case .task, .route, .cached: false
    case .first, .last, .firstModel, .lastModel, .calls, .climbs, .answeredBy, .refusedBy,
      .worstCost, .expectedCost:
      true
    }
  }
}

extension CheckedRoute {
  /// The arms that some request takes.
  fileprivate var openArms: [Int] {
    guard case .split(let split) = action else { return [0] }
    return split.arms.indices.filter { split.arms[$0].share.millionths > 0 }
  }

  fileprivate var sticks: Bool {
    effects.contains { if case .stick = $0 { true } else { false } }
  }

  /// Whether a line of it depends on there being a user or a conversation.
  fileprivate var readsIdentities: Bool {
    effects.contains { effect in
      switch effect {
      case .stick: true
      case .cache(let rule):
        rule.scope == .per(.user) || rule.scope == .per(.conversation)
      case .shape, .compress, .batch, .stop, .shadow: false
      }
    }
  }

  fileprivate func answeringModels(_ policy: CheckedPolicy) -> [ModelID?] {
    var models: Set<ModelID> = []
    for use in uses {
      for target in [use.target] + use.fallbacks.map(\.target) {
        switch target.kind {
        case .model(let id): models.insert(id)
        case .ladder(let id): for tier in policy[id].tiers { models.insert(tier.model) }
        case .requested: continue
        }
      }
    }
    return models.sorted { $0.index < $1.index }
  }
}
