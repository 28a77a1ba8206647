package import PolicyGraph
import PolicySemantics
import PolicyUnits
package import RoutingRuntime

/// Compares two policies, exactly.
///
/// Two policies are equivalent if no request is treated differently: not routed to another
/// treatment, not bound by another budget, not read in another way, not refused by another
/// declaration: a refusal names who refuses, so the names of guards and of ladders with a bound count
/// where they refuse a request, and so does the order of facts, guards, budgets and limits of which
/// several would. A new name of a route or gate is no treatment, nor is another route that does the
/// same; both are told beside. What is measured of a model (quality, acceptance, latency) and the
/// order in which several classifiers are asked are not compared.
package struct PolicyComparison {
  package let study: PolicyStudy
  private let declared: DeclarationChanges
  /// How many lines describe one change's region.
  private let lineLimit: Int
  private let detail: ChangeDetail

  package init(
    _ old: DecisionGraph, _ new: DecisionGraph, limits: DiagramLimits = DiagramLimits(),
    lineLimit: Int = 3, detail: ChangeDetail = .full
  ) {
    study = PolicyStudy(comparing: old, with: new, limits: limits)
    declared = DeclarationChanges(old.policy, new.policy)
    self.lineLimit = lineLimit
    self.detail = detail
  }

  package var old: DecisionGraph { study.graphs[0] }
  package var new: DecisionGraph { study.graphs[1] }

  /// Everything that changes, each change with a request that shows it.
  ///
  /// `deciders` make the decisions a change is shown by; they are made here if there is any and
  /// none are given.
  package func difference(
    deciders: (old: Decider, new: Decider)? = nil
  ) -> PolicyDifference {
    located(deciders: deciders).difference
  }

  /// The same with what finds requests among the changes; nil where the regions are not decided.
  package func located(
    deciders: (old: Decider, new: Decider)? = nil
  ) -> (difference: PolicyDifference, locator: ChangeLocator?) {
    var difference = PolicyDifference()
    difference.declarations = declared.changes
    for name in declared.clashes {
      difference.undecided.append(
        UndecidedQuestion(
          question: "what the routes do differently",
          reason: "fact \(name) has another type: what a request says cannot mean the same to both")
      )
    }
    guard declared.clashes.isEmpty else { return (difference, nil) }
    var locator: ChangeLocator?
    do throws(NotDecided) {
      let (found, located) = try study.ask { regions throws(DiagramsTooLarge) in
        let found = try Findings(
          in: regions, lineLimit: lineLimit, detail: detail, deciders: deciders)
        return (found, try ChangeLocator(regions, found))
      }
      locator = located
      difference.changes = found.changes
      difference.renamed = found.renamed
      difference.rerouted = found.rerouted
    } catch {
      difference.undecided.append(
        UndecidedQuestion(question: "what the routes do differently", reason: error.words))
    }
    addUnbuilt(to: &difference)
    return (difference, locator)
  }

  /// Only whether and where they differ, without words or witnesses: what a benchmark measures.
  ///
  /// - Returns: how many pairs of routes treat some requests differently.
  package func differingPairs() throws(NotDecided) -> Int {
    try study.ask { regions throws(DiagramsTooLarge) in
      var finder = try DifferenceFinder(regions)
      try finder.find()
      return finder.pieces.count
    }
  }

  /// Whether each of some requests is treated differently, by the regions alone.
  package func differs(on drafts: [RequestDraft]) throws(NotDecided) -> [Bool] {
    try study.ask { regions throws(DiagramsTooLarge) in
      var finder = try DifferenceFinder(regions)
      try finder.find()
      let budgets = try BudgetDifference(regions: regions).find()
      let found = finder.pieces.map(\.region) + budgets.map(\.region)
      return drafts.map { draft in
        guard let cells = regions.cells(of: draft) else { return false }
        return found.contains { regions.store.contains($0, cells) }
      }
    }
  }

  /// A region no request could be built for may be no difference at all.
  ///
  /// Two regions that hang on the same tests ask one question.
  private func addUnbuilt(to difference: inout PolicyDifference) {
    for change in difference.changes {
      guard case .notBuilt(let tests) = change.evidence else { continue }
      let question = UndecidedQuestion(
        question: "whether any request meets a change",
        reason: NotDecided.noRequest(tests: tests).words)
      if !difference.undecided.contains(question) { difference.undecided.append(question) }
    }
    difference.changes.removeAll { change in
      if case .notBuilt = change.evidence { true } else { false }
    }
  }
}
