package import PolicyGraph
import PolicySemantics
package import RoutingRuntime

/// Finds the least change to a request: which fields, fewest first, and which values, nearest first.
///
/// All fields but a few are held at the request's own cells; the first few for which some request is
/// left are the answer, so no smaller change exists. The changed request is built from the original
/// and decided before it is shown.
package struct CounterfactualFinder {
  private let decider: Decider
  private let study: PolicyStudy
  /// Sets of fields that are looked at.
  private static let mostSets = 10_000
  /// Requests that are built for one set.
  private static let mostTries = 8

  package init(_ decider: Decider, limits: DiagramLimits = DiagramLimits()) {
    self.decider = decider
    study = PolicyStudy(
      decider.graph, limits: limits, reading: PlanTests.tests(of: decider.graph.policy))
  }

  /// The names of the fields a change may touch, sorted, and whether each is kept unless it is freed.
  package func fields() throws(NotDecided) -> [(name: String, isKept: Bool)] {
    let policy = decider.graph.policy
    return try study.ask { regions throws(DiagramsTooLarge) in
      var kept: [String: Bool] = ["key": true, "tenant": true]
      for field in regions.space.variables.map(\.field) {
        for name in field.callerFields(in: RequestInput(moment: RequestDraft().moment)) {
          kept[name] = field.isBeyondCaller(policy)
        }
      }
      return kept.sorted { $0.key < $1.key }.map { (name: $0.key, isKept: $0.value) }
    }
  }

  /// The least change that brings a request to a target; `kept` names the fields that must stay as
  /// they are.
  package func whyNot(
    _ target: WhyNotTarget, for input: RequestInput, keeping kept: Set<String>
  ) -> WhyNot {
    var input = input
    guard var before = try? decider.decide(input) else { return .notDecided(.unreadable) }
    var assumed: [FieldChange] = []
    // A classifier nobody answered answers as if it had failed.
    while case .needs(let id) = before.outcome, input.state.classifiers[id] == nil {
      let classifier = decider.graph.policy[id]
      input.state.classifiers[id] = classifier.onFailure
      let label = classifier.labels[classifier.onFailure]
      assumed.append(FieldChange(field: classifier.name, what: .value(from: "", to: label)))
      guard let next = try? decider.decide(input) else { return .notDecided(.unreadable) }
      before = next
    }
    if target.isMet(by: before) { return .already(before) }
    for (index, classifier) in decider.graph.policy.classifiers.enumerated()
    where input.state.classifiers[ClassifierID(index)] == nil {
      input.state.classifiers[ClassifierID(index)] = classifier.onFailure
    }
    let request = Question(
      target: target, input: input, before: before, assumed: assumed, kept: kept)
    do throws(NotDecided) {
      let answer = try study.ask { regions throws(DiagramsTooLarge) in
        try search(request, regions)
      }
      guard case .never = answer, case .route(let route) = target else { return answer }
      return .never(study.reachabilityOfRoutes()[route.index])
    } catch {
      return .notDecided(.engine(error))
    }
  }

  private struct Question {
    let target: WhyNotTarget
    let input: RequestInput
    let before: Decision
    let assumed: [FieldChange]
    let kept: Set<String>
  }

  private func search(
    _ question: Question, _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> WhyNot {
    guard let own = try? OwnRequest(question.input, regions) else {
      return .notDecided(.unreadable)
    }
    guard let whole = try question.target.region(decider, regions) else {
      return .notDecided(.tooManyCases)
    }
    // Its cells would do, but not its sizes: larger or smaller texts alone might.
    let hangsOnSize = regions.store.contains(whole, own.cells)
    let region = try regions.store.minus(whole, try regions.cube(own.cells))
    if let kept = try needed(question.kept, in: region, own) {
      return hangsOnSize ? .notDecided(.hangsOnSize) : kept
    }
    let free = own.names.filter { !question.kept.contains($0) }
    var tried = 0
    for count in free.indices.map({ $0 + 1 }) {
      var best: Found?
      var stuck: [String] = []
      for set in FieldSubsets(of: free.count, taking: count) {
        tried += 1
        guard tried <= Self.mostSets else { return .notDecided(.tooManySets(of: count)) }
        let changed = set.map { free[$0] }
        let held = try own.hold(allBut: Set(changed), in: region)
        guard held != .never else { continue }
        switch try certified(held, own, changed, question, regions) {
        case .found(let found): if found.distance < best?.distance ?? .max { best = found }
        case .notBuilt: if stuck.isEmpty { stuck = changed }
        case .empty: continue
        }
      }
      if let best { return .change(best.change(of: question)) }
      // A smaller change may exist that could not be built: a larger one would not be the least.
      if hangsOnSize { return .notDecided(.hangsOnSize) }
      if !stuck.isEmpty { return .notDecided(.notBuilt(stuck)) }
    }
    return .notDecided(.notBuilt(free))
  }

  /// Why nothing is left if some fields are kept: none of these can stay; nil if something is left.
  private func needed(
    _ kept: Set<String>, in region: Diagram, _ own: OwnRequest
  ) throws(DiagramsTooLarge) -> WhyNot? {
    func isLeft(keeping kept: Set<String>) throws(DiagramsTooLarge) -> Bool {
      try own.isLeft(changing: Set(own.names).subtracting(kept), in: region)
    }
    if try isLeft(keeping: kept) { return nil }
    guard try isLeft(keeping: []) else { return .never(nil) }
    var needed = own.names.filter(kept.contains)
    // What is hardest to change is spared first.
    for name in needed.reversed() {
      let fewer = needed.filter { $0 != name }
      if try isLeft(keeping: kept.subtracting(fewer)) { needed = fewer }
    }
    return .kept(needed)
  }

  // MARK: Certifying

  private struct Found {
    let changes: [FieldChange]
    let request: RequestInput
    let decision: Decision
    let distance: Int64

    func change(of question: Question) -> Counterfactual {
      Counterfactual(
        changes: changes, request: request, before: question.before, decision: decision,
        assumed: question.assumed)
    }
  }

  private enum Search {
    case found(Found)
    case empty, notBuilt
  }

  private func certified(
    _ held: Diagram, _ own: OwnRequest, _ changed: [String], _ question: Question,
    _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> Search {
    var left = held
    var isOpen = false
    for _ in 0..<Self.mostTries {
      guard let (rest, aim) = try regions.nearest(in: left, to: own.cells, costs: own.costs) else {
        return isOpen ? .notBuilt : .empty
      }
      for request in RequestEdit(own, aim, Set(changed), regions).requests {
        guard let read = try? OwnRequest(request, regions),
          regions.store.contains(held, read.cells),
          let decision = try? decider.decide(request)
        else { continue }
        guard question.target.isMet(by: decision) else { continue }
        let changes = ChangeWords(own, read, regions).changes(in: changed, of: held)
        return .found(
          Found(
            changes: changes, request: request, decision: decision,
            distance: own.distance(to: read.cells)))
      }
      let differs = regions.space.variables.indices.filter { own.cells[$0] != aim[$0] }
      // Where all that plans depend on is in the cells, the decision is the last word on them.
      if differs.contains(where: { regions.space.variables[$0].field.isMoreThanCells }) {
        isOpen = true
      }
      left = try regions.store.minus(rest, try regions.cube(aim.only(differs)))
    }
    return .notBuilt
  }
}
