import PolicyGraph
import PolicySemantics

/// Whether requests reach a route, or have a task.
package enum Reachability: Hashable, Sendable {
  /// As far as the ties between fields tell; a witness proves it.
  case reachable
  /// No request meets the condition, whatever stands before it.
  case contradicted
  /// These, each needed, take every request that meets the condition.
  ///
  /// In written order. `isSmallest` says that no smaller set would do; past a few dozen candidates
  /// only that none of these can be left out is known.
  case taken(by: [Int], isSmallest: Bool)
  case notDecided(NotDecided)
}

extension Reachability {
  /// Whether some request may be taken: what takes none blocks none.
  fileprivate var mayTake: Bool {
    switch self {
    case .reachable, .notDecided: true
    case .contradicted, .taken: false
    }
  }
}

extension PolicyStudy {
  /// Of every route of the policy, in written order; found once.
  package func reachabilityOfRoutes() -> [Reachability] {
    if let known = knownReachability { return known }
    var found: [Reachability] = []
    for index in graph.policy.routes.indices {
      let verdict = decided { regions throws(DiagramsTooLarge) in
        try regions.reachability(of: RouteID(index), under: found)
      }
      found.append(attacked(verdict, of: RouteID(index)))
    }
    knownReachability = found
    return found
  }

  /// Of every task, in written order.
  package func reachabilityOfTasks() -> [Reachability] {
    var found: [Reachability] = []
    for index in graph.policy.tasks.indices {
      found.append(
        decided { regions throws(DiagramsTooLarge) in
          try regions.reachability(of: TaskID(index), under: found)
        })
    }
    return found
  }

  private func decided(
    _ question: (RegionSpace) throws(DiagramsTooLarge) -> Reachability
  ) -> Reachability {
    do throws(NotDecided) {
      return try ask(question)
    } catch {
      return .notDecided(error)
    }
  }
}

extension RegionSpace {
  /// Whether a route is reached; `earlier` holds the answers for those before it.
  func reachability(
    of route: RouteID, under earlier: [Reachability]
  ) throws(DiagramsTooLarge) -> Reachability {
    let region = try holds(.route(route))
    if try isFeasible(try rest(of: region, after: route.index)) { return .reachable }
    guard let own = try feasible(region)?.region else { return .contradicted }
    let candidates = try routes(meeting: own, before: route.index).map(\.index)
    return try blocking(own, candidates.filter { earlier[$0].mayTake }) {
      index throws(DiagramsTooLarge) in
      try holds(.route(RouteID(index)))
    }
  }

  /// Whether some request has a task; `earlier` holds the answers for those before it.
  func reachability(
    of task: TaskID, under earlier: [Reachability]
  ) throws(DiagramsTooLarge) -> Reachability {
    if try isFeasible(try self.task(task)) { return .reachable }
    guard let own = try feasible(try holds(.task(task)))?.region else { return .contradicted }
    return try blocking(own, (0..<task.index).filter { earlier[$0].mayTake }) {
      index throws(DiagramsTooLarge) in
      try holds(.task(TaskID(index)))
    }
  }

  /// The smallest set of candidates that covers a region: one, else two, else what is left when
  /// each that can be spared is taken out.
  private func blocking(
    _ region: Diagram, _ candidates: [Int],
    _ guardOf: (Int) throws(DiagramsTooLarge) -> Diagram
  ) throws(DiagramsTooLarge) -> Reachability {
    for candidate in candidates {
      let left = try store.minus(region, try guardOf(candidate))
      if try !isFeasible(left) { return .taken(by: [candidate], isSmallest: true) }
    }
    let few = candidates.count <= Self.mostForPairs
    if few {
      for (index, first) in candidates.enumerated() {
        let left = try store.minus(region, try guardOf(first))
        for second in candidates.dropFirst(index + 1) {
          let rest = try store.minus(left, try guardOf(second))
          if try !isFeasible(rest) { return .taken(by: [first, second], isSmallest: true) }
        }
      }
    }
    var needed = candidates
    // From the last on, so that the earlier ones, which decide, stay.
    for candidate in candidates.reversed() {
      var left = region
      for other in needed where other != candidate {
        left = try store.minus(left, try guardOf(other))
        if left == .never { break }
      }
      if try !isFeasible(left) { needed.removeAll { $0 == candidate } }
    }
    return .taken(by: needed, isSmallest: few && needed.count <= 3)
  }

  private static let mostForPairs = 40
}
