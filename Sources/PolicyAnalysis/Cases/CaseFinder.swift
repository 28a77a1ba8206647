import PolicyGraph
package import PolicySemantics
package import RoutingRuntime

/// Finds one request for each region of a policy's routes, and one on either side of each edge.
///
/// A region is a route; its edges are the cells of the fields its own condition reads: both sides of
/// every number, every label, every text test met and not met, whichever route that leads to. Each
/// request is as plain as can be otherwise. It is decided before it is written down, and once more as
/// the test makes it. A request without a fact that is required is a case of the whole policy.
package struct CaseFinder {
  private let decider: Decider
  private let study: PolicyStudy
  /// The same with a cell for each number at an edge.
  private let edges: PolicyStudy
  private var found = PolicyCases()
  /// Requests already written: two edges often share one.
  private var seen: Set<[String]> = []
  private var writer: CaseWriter

  package init(
    _ decider: Decider, limits: DiagramLimits = DiagramLimits(),
    reading: @escaping CaseWriter.BodyReader
  ) {
    self.decider = decider
    study = PolicyStudy(decider.graph, limits: limits)
    edges = PolicyStudy(
      decider.graph, limits: limits, reading: EdgeTests.tests(of: decider.graph))
    writer = CaseWriter(decider, reading: reading)
  }

  /// The cases of one route, or of all in written order.
  package mutating func cases(of route: RouteID? = nil) -> PolicyCases {
    if route == nil { addRefusedFacts() }
    let routes = route.map { [$0] } ?? decider.graph.policy.routes.indices.map(RouteID.init)
    // What a route takes comes first: what is next to one is another's own.
    var inside: [PolicyCases] = []
    for route in routes { inside.append(takingCases { finder in finder.addInside(route) }) }
    for (route, own) in zip(routes, inside) {
      found.cases += own.cases
      found.without += own.without
      addOutside(route)
    }
    return found
  }

  /// What some searches find, apart.
  private mutating func takingCases(_ add: (inout CaseFinder) -> Void) -> PolicyCases {
    let before = found
    found = PolicyCases()
    add(&self)
    defer { found = before }
    return found
  }

  private mutating func addInside(_ route: RouteID) {
    do throws(NotDecided) {
      let plain = try study.ask { regions throws(DiagramsTooLarge) in
        try RegionEdges(regions, route).searches()
      }
      add(plain, of: route)
      let numbers = try edges.ask { regions throws(DiagramsTooLarge) in
        try RegionEdges(regions, route).numberSearches()
      }
      add(numbers, of: route)
    } catch {
      let name = decider.graph.policy[route].name
      found.without.append(CaseWithoutTest(title: name, reason: .notDecided(error)))
    }
  }

  private mutating func addOutside(_ route: RouteID) {
    // What is not decided was said of the route itself.
    let others = try? study.ask { regions throws(DiagramsTooLarge) in
      try RegionEdges(regions, route).otherSearches()
    }
    let numbers = try? edges.ask { regions throws(DiagramsTooLarge) in
      try RegionEdges(regions, route).outsideSearches()
    }
    add((others ?? []) + (numbers ?? []), of: route)
  }

  /// A plain request without each fact that is required.
  private mutating func addRefusedFacts() {
    let facts = decider.graph.policy.facts
    let required = facts.indices.filter { facts[$0].byDefault == nil }
    guard !required.isEmpty,
      case .found(let plain)? = try? study.ask({ regions throws(DiagramsTooLarge) in
        try regions.witness(in: .always)
      })
    else { return }
    for index in required {
      if let refused = writer.without(FactID(index), plain.draft) { found.cases.append(refused) }
    }
  }

  private mutating func add(_ searches: [RegionEdges.Search], of route: RouteID) {
    let name = decider.graph.policy[route].name
    for search in searches {
      let title = search.edge.map { "\(name): \($0)" } ?? name
      switch search.result {
      case .found(let witness): add(witness, title, route, isInside: search.isInside)
      case .notBuilt(let tests):
        found.without.append(CaseWithoutTest(title: title, reason: .noRequest(tests)))
      case .empty where search.edge == nil:
        found.without.append(CaseWithoutTest(title: title, reason: .unreachable))
      case .empty: continue
      }
    }
  }

  private mutating func add(
    _ witness: Witness, _ title: String, _ route: RouteID, isInside: Bool
  ) {
    guard let written = writer.written(witness.draft), (written.route == route) == isInside else {
      // The edge is the other route's as well, or is shown by no test.
      guard isInside else { return }
      found.without.append(CaseWithoutTest(title: title, reason: writer.whyNot(witness)))
      return
    }
    let said = written.block.request + written.block.given + [written.body ?? ""]
    guard seen.insert(said).inserted else { return }
    let taken = written.route.map { "goes to \(decider.graph.policy[$0].name)" } ?? "is refused"
    let name = isInside ? title : "\(title) \(taken)"
    found.cases.append(writer.named(name, written))
  }
}
