package import PolicyGraph
package import PolicySemantics

/// The regions of one policy or of two that are compared: sets of requests, as diagrams over one
/// space of fields.
///
/// Regions are exact as sets of cells. Not every cell exists as a request (no text mentions
/// `refund policy` and not `refund`): ``feasible(_:)`` takes those out, and only its answer says
/// whether a region is empty.
package final class RegionSpace {
  package let graphs: [DecisionGraph]
  package let space: FieldSpace
  package let store: DiagramStore
  private let theory: Theory
  private var ties: [Diagram?]
  private var conditions: [ConditionDiagrams]
  private var unions: [RouteUnions?]
  let costs: [CellCosts]
  /// Made when a witness is first asked for.
  private(set) lazy var witnesses = WitnessMaker(space, graphs)

  package init(
    _ graphs: [DecisionGraph], order: FieldSpace.Order, limits: DiagramLimits,
    reading extra: [RequestTest] = []
  ) throws(NotDecided) {
    self.graphs = graphs
    let space = FieldSpace(graphs, order: order, reading: extra)
    guard space.variables.count <= limits.variables else {
      throw .tooManyFields(space.variables.count, limit: limits.variables)
    }
    self.space = space
    let store = DiagramStore(domains: space.variables.map(\.cells.count), limits: limits)
    self.store = store
    theory = Theory(space)
    ties = Array(repeating: nil, count: theory.constraints.count)
    conditions = graphs.map { ConditionDiagrams($0.policy, space, store) }
    unions = graphs.map { _ in nil }
    costs = space.variables.map { CellCosts(preferred: $0.plain, weight: $0.field.weight) }
  }

  // MARK: Regions

  /// Where the condition at a place of a policy holds; everywhere if there is none.
  package func holds(
    _ site: ConditionSite, in policy: Int = 0
  ) throws(DiagramsTooLarge) -> Diagram {
    try conditions[policy].diagram(graphs[policy].policy.condition(at: site))
  }

  /// Where a condition holds, be it a part of another.
  package func holds(
    _ condition: CheckedCondition, in policy: Int = 0
  ) throws(DiagramsTooLarge) -> Diagram {
    try conditions[policy].diagram(condition)
  }

  /// Where one test holds; its field must be read by a condition, or by the space's extra tests.
  package func holds(
    _ test: RequestTest, in policy: Int = 0
  ) throws(DiagramsTooLarge) -> Diagram {
    try conditions[policy].diagram(test)
  }

  /// Where a request has a task.
  package func task(_ id: TaskID, in policy: Int = 0) throws(DiagramsTooLarge) -> Diagram {
    try conditions[policy].task(id)
  }

  /// Where a route decides: its condition holds, and none before it does.
  package func decides(
    _ route: RouteID, in policy: Int = 0
  ) throws(DiagramsTooLarge) -> Diagram {
    try rest(of: try holds(.route(route), in: policy), after: route.index, in: policy)
  }

  /// What is left of a region after the first `count` routes have taken theirs.
  package func rest(
    of region: Diagram, after count: Int, in policy: Int = 0
  ) throws(DiagramsTooLarge) -> Diagram {
    try routeUnions(policy).rest(of: region, after: count)
  }

  /// The routes among the first `count` that may take part of a region, in written order.
  package func routes(
    meeting region: Diagram, before count: Int, limit: Int = .max, in policy: Int = 0
  ) throws(DiagramsTooLarge) -> [RouteID] {
    try routeUnions(policy).meeting(region, before: count, limit: limit).map(RouteID.init)
  }

  private func routeUnions(_ policy: Int) throws(DiagramsTooLarge) -> RouteUnions {
    if let known = unions[policy] { return known }
    var guards: [Diagram] = []
    for route in graphs[policy].policy.routes {
      guards.append(try conditions[policy].diagram(route.condition))
    }
    let made = RouteUnions(guards, store)
    unions[policy] = made
    return made
  }

  // MARK: Feasibility

  /// A region without what no request can be, and its plainest assignment; nil if nothing is left.
  ///
  /// The ties between fields are taken in only where an assignment breaks them, so that a region
  /// pays for the few it needs. What is returned may still hold cells that no request has; none of
  /// them is the assignment's, as far as any tie tells.
  package func feasible(
    _ region: Diagram
  ) throws(DiagramsTooLarge) -> (region: Diagram, model: DiagramModel)? {
    var region = region
    while let model = store.cheapest(in: region, costs: costs) {
      try store.checkSteps()
      if let broken = try brokenTie(model) {
        region = try store.and(region, try tie(broken))
        continue
      }
      if let completed = try completed(model) { return (region, completed) }
      // No tie is broken alone, but all together leave nothing: take them all in.
      for tie in tiesAround(model) { region = try store.and(region, try self.tie(tie)) }
      if let next = store.cheapest(in: region, costs: costs), next == model {
        region = try store.minus(region, try cube(model))
      }
    }
    return nil
  }

  /// The assignment of a region that costs least to come to from a request's own cells, and the
  /// region without what was found that no request can be; nil if nothing is left.
  ///
  /// Where the region leaves a field open the request's own cell stands.
  package func nearest(
    in region: Diagram, to own: DiagramModel, costs: [CellCosts]
  ) throws(DiagramsTooLarge) -> (region: Diagram, model: DiagramModel)? {
    var region = region
    while var model = store.cheapest(in: region, costs: costs) {
      try store.checkSteps()
      for level in model.cells.indices where model.cells[level] < 0 {
        model.cells[level] = own.cells[level]
      }
      // The request itself keeps all ties: only those of what changed can be broken.
      var around: Set<Int> = []
      for level in model.cells.indices where model.cells[level] != own.cells[level] {
        if !theory.constraints.isEmpty { around.formUnion(theory.byLevel[level]) }
      }
      var broken: Int?
      for index in around.sorted() where !store.contains(try tie(index), model) {
        broken = index
        break
      }
      guard let broken else { return (region, model) }
      region = try store.and(region, try tie(broken))
    }
    return nil
  }

  /// Whether some request may be in a region.
  package func isFeasible(_ region: Diagram) throws(DiagramsTooLarge) -> Bool {
    try feasible(region) != nil
  }

  /// The assignments that agree with a model wherever it has a cell.
  package func cube(_ model: DiagramModel) throws(DiagramsTooLarge) -> Diagram {
    var cube = Diagram.always
    for level in model.cells.indices.reversed() {
      guard let cell = model[level] else { continue }
      cube = try store.and(cube, try store.literal(level: level, cells: [cell..<(cell + 1)]))
    }
    return cube
  }

  private func tie(_ index: Int) throws(DiagramsTooLarge) -> Diagram {
    if let known = ties[index] { return known }
    let made = try theory.constraints[index].diagram(in: store, space)
    ties[index] = made
    return made
  }

  private func tiesAround(_ model: DiagramModel) -> [Int] {
    guard !theory.constraints.isEmpty else { return [] }
    var found: Set<Int> = []
    for level in model.cells.indices where model.cells[level] >= 0 {
      found.formUnion(theory.byLevel[level])
    }
    return found.sorted()
  }

  /// Ties that ask nothing more of a model: of a hundred texts to start with, nearly all.
  private func isSettled(_ tie: Int, by model: DiagramModel) -> Bool {
    theory.constraints[tie].isSettled(by: model) { space.variables[$0].cells.count }
  }

  private func brokenTie(_ model: DiagramModel) throws(DiagramsTooLarge) -> Int? {
    for index in tiesAround(model) where !store.contains(try tie(index), model) { return index }
    return nil
  }

  /// The model with cells for the fields its own are tied to; nil if the ties together forbid it.
  private func completed(_ model: DiagramModel) throws(DiagramsTooLarge) -> DiagramModel? {
    var model = model
    var taken: Set<Int> = []
    while true {
      let open = tiesAround(model).filter { !taken.contains($0) && !isSettled($0, by: model) }
      if open.isEmpty { return model }
      taken.formUnion(open)
      var cube = try cube(model)
      for index in taken.sorted() { cube = try store.and(cube, try tie(index)) }
      guard let next = store.cheapest(in: cube, costs: costs) else { return nil }
      for level in next.cells.indices where model.cells[level] < 0 {
        model.cells[level] = next.cells[level]
      }
    }
  }
}

extension AnalysisField {
  /// What leaving the plain cell costs a witness: callers' facts are cheaper to read than texts.
  fileprivate var weight: Int64 {
    switch self {
    case .fact, .stream, .format, .tools, .images, .maxTokens, .temperature, .tool: 2
    case .model, .identity: 3
    case .text(_, let probe): probe.isOpaque ? 12 : 4
    case .classifier: 5
    case .weekday, .hour, .date, .messages, .turn, .language: 6
    case .chars, .tokens, .lines: 8
    case .budgetUsed, .healthy: 9
    }
  }
}

extension CheckedPolicy {
  /// The condition at a place; nil where there is none, which always holds.
  package func condition(at site: ConditionSite) -> CheckedCondition? {
    switch site {
    case .route(let id): self[id].condition
    case .task(let id): self[id].condition
    case .named(let id): self[id].condition
    case .pointsLine(let id, let line): self[id].lines[line].condition
    case .budget(let id): self[id].condition
    case .compression(let id): self[id].condition
    case .guarding(let id): self[id].condition
    case .always(let index): always[index].condition
    }
  }
}
