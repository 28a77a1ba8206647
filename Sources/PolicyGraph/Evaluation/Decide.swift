package import PolicySemantics
package import TextPatterns

/// What a policy says about a request, as far as its facts tell.
package enum RouteOutcome: Hashable, Sendable {
  /// The first route whose condition holds, and the request's task.
  ///
  /// The task is nil if none was asked for, if the policy has none, if none holds, or if it hangs on
  /// a classifier the route does not need.
  case route(RouteID, task: TaskID?)
  /// The first route that may hold hangs on this classifier: settle it and decide again.
  case needs(ClassifierID)
  /// The decision depends on a text that could not be scanned, so there is none.
  ///
  /// Texts past the limit are refused before, so this is a machine out of memory.
  case unreadable(ScanFailure)
}

extension DecisionGraph {
  /// Decides: the first route, in written order, whose condition holds.
  ///
  /// A route whose condition is unknown stops the search: the decision depends on the classifier
  /// that is written first among those its value hangs on (see ``undecided(at:_:_:)``). Same facts,
  /// same outcome.
  ///
  /// The facts must be made by this graph; texts that are scanned on the way stay scanned. With
  /// `findingTask` the task is found even if no condition asked for it.
  ///
  /// - Complexity: O(index nodes on the way + guards tried); no allocation once the scratch is warm,
  ///   apart from texts put together for a scan.
  package func decide(
    _ facts: inout RequestFacts, in scratch: inout Scratch, findingTask: Bool = true
  ) -> RouteOutcome {
    scratch.startRound()
    var search = RouteSearch(parts.index, &scratch.frontier)
    var tried = -1
    while let route = search.next(parts.index, facts.values, &scratch.frontier) {
      if route == tried { continue }
      tried = route
      guard let root = parts.routeRoots[route] else {
        return outcome(RouteID(route), findingTask, &facts, &scratch)
      }
      switch evaluate(root, &facts, &scratch) {
      case .no: continue
      case .yes: return outcome(RouteID(route), findingTask, &facts, &scratch)
      case .unknown:
        if let failure = facts.failure { return .unreadable(failure) }
        if let classifier = undecided(at: root, &facts, &scratch) { return .needs(classifier) }
      }
    }
    return outcome(RouteID(parts.routeRoots.count - 1), findingTask, &facts, &scratch)
  }

  /// Evaluates a condition by itself: that of a guard, a budget, a compression, a task, a route.
  ///
  /// A site without a condition holds.
  package func evaluate(
    _ site: ConditionSite, _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> Truth {
    scratch.startRound()
    guard let root = root(of: site) else { return .yes }
    return evaluate(UInt32(root.index), &facts, &scratch)
  }

  private func outcome(
    _ route: RouteID, _ findingTask: Bool, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> RouteOutcome {
    guard findingTask, !policy.tasks.isEmpty else { return .route(route, task: nil) }
    return .route(route, task: foundTask(&facts, &scratch))
  }

  /// The request's task in this round, if it is certain.
  private func foundTask(_ facts: inout RequestFacts, _ scratch: inout Scratch) -> TaskID? {
    guard let root = parts.tasksRoot else { return parts.lastTask.map(TaskID.init) }
    if scratch.task.round != scratch.round {
      _ = evaluate(root, &facts, &scratch)
      scratch.task.round = scratch.round
    }
    return scratch.task.isOpen ? nil : scratch.task.only.map(TaskID.init)
  }
}
