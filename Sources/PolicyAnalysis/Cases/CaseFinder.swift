import PolicyGraph
package import PolicySemantics
package import RoutingRuntime

/// Finds one request for each region of a policy's routes, and one on either side of each edge.
///
/// A region is a route; its edges are the cells of the fields its own condition reads: both sides of
/// every number, every label, every text test met and not met. Each request is as plain as can be
/// otherwise. It is decided before it is written down, and once more as the test block makes it.
package struct CaseFinder {
  private let decider: Decider
  private let study: PolicyStudy
  /// The same with a cell for each number at an edge.
  private let edges: PolicyStudy
  private var found = PolicyCases()
  /// Requests already written: two edges often share one.
  private var seen: Set<[String]> = []
  private var titles: Set<String>

  package init(_ decider: Decider, limits: DiagramLimits = DiagramLimits()) {
    self.decider = decider
    study = PolicyStudy(decider.graph, limits: limits)
    edges = PolicyStudy(
      decider.graph, limits: limits, reading: EdgeTests.tests(of: decider.graph))
    let policy = decider.graph.policy
    titles = Set(policy.tests.map(\.title) + policy.always.map(\.title))
  }

  /// The cases of one route, or of all in written order.
  package mutating func cases(of route: RouteID? = nil) -> PolicyCases {
    let routes = route.map { [$0] } ?? decider.graph.policy.routes.indices.map(RouteID.init)
    for route in routes {
      let name = decider.graph.policy[route].name
      do throws(NotDecided) {
        let plain = try study.ask { regions throws(DiagramsTooLarge) in
          try RegionEdges(regions, route).searches()
        }
        add(plain, of: route)
        let numbers = try edges.ask { regions throws(DiagramsTooLarge) in
          let edges = RegionEdges(regions, route)
          return try edges.numberSearches() + edges.outsideSearches()
        }
        add(numbers, of: route)
      } catch {
        found.without.append(CaseWithoutTest(title: name, reason: .notDecided(error)))
      }
    }
    return found
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
    let input = witness.input
    guard let (block, decision) = settled(input), let taken = decision.route,
      (taken == route) == isInside
    else {
      found.without.append(CaseWithoutTest(title: title, reason: whyNot(input)))
      return
    }
    guard seen.insert(block.request + block.given).inserted else { return }
    let policy = decider.graph.policy
    var first: ModelID?
    var refuser: String?
    switch decision.outcome {
    case .route where decision.arm?.hashed == .request:
      // Drawn for each request: one that only looks alike may draw another arm.
      break
    case .route: first = decision.plan.first?.model
    case .refused(let refusal): refuser = refusal.refuser(in: policy)
    case .needs: break
    }
    let name = isInside ? title : "\(title) goes to \(policy[taken].name)"
    found.cases.append(
      PolicyCase(
        title: unused(name), route: taken, block: block, draft: witness.draft, task: decision.task,
        first: first,
        refuser: refuser))
  }

  /// The block of a request with the classifiers its decision asks for, and what is decided of the
  /// request that the block makes; nil if it cannot be decided.
  private func settled(_ input: RequestInput) -> (RequestBlock, Decision)? {
    var classifiers: Set<ClassifierID> = []
    for _ in 0...decider.graph.policy.classifiers.count {
      let block = RequestBlock(input, decider.graph, classifiers: classifiers)
      guard let decision = try? decider.decide(block.input) else { return nil }
      guard case .needs(let classifier) = decision.outcome else { return (block, decision) }
      guard input.state.classifiers[classifier] != nil,
        classifiers.insert(classifier).inserted
      else { return nil }
    }
    return nil
  }

  private func whyNot(_ input: RequestInput) -> CaseWithoutTest.Reason {
    let missing = RequestBlock(input, decider.graph).missing
    return missing.isEmpty ? .decidedOtherwise : .notWritable(missing)
  }

  /// Titles are names: none is used twice.
  private mutating func unused(_ title: String) -> String {
    var name = title
    var number = 2
    while !titles.insert(name).inserted {
      name = "\(title) (\(number))"
      number += 1
    }
    return name
  }
}
