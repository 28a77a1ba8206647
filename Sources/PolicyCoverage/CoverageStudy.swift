package import PolicyAnalysis
import PolicyGraph
import PolicySemantics
package import RoutingRuntime

/// Finds out what the tests of a policy show.
///
/// A request is held against the region of what is to be shown, read as the evaluator reads it; what
/// no region tells (which tiers were called, what a gate said) is taken from the test's own climb.
/// Only what a request can reach is counted: that is proved by the same regions.
package final class CoverageStudy {
  private let decider: Decider
  private let study: PolicyStudy
  private let readers: [SharedCondition: [ConditionSite]]
  private let script: GoalScript
  private let guarded: GuardRegions
  private var writer: CaseWriter
  /// The cells of the tests' requests in the space they were last asked in.
  private var cells: (space: RegionSpace, tests: [DiagramModel?])?

  package init(
    _ decider: Decider, limits: DiagramLimits = DiagramLimits(),
    reading: @escaping CaseWriter.BodyReader
  ) {
    self.decider = decider
    study = PolicyStudy(decider.graph, limits: limits)
    readers = decider.graph.policy.readers
    script = GoalScript(decider)
    guarded = GuardRegions(decider.frozen)
    writer = CaseWriter(decider, reading: reading)
  }

  /// What the results of some of the policy's tests show of it.
  ///
  /// A test that fails shows nothing: what it says comes of its request does not. For what no test
  /// shows a request is made, if one can be.
  package func findings(from all: [PolicyTestResult]) -> CoverageFindings {
    let results = all.filter(\.passed)
    let policy = decider.graph.policy
    let shown = TestShowings(decider).tests(results)
    var entries: [CoverageFindings.Entry] = []
    for goal in CoverageGoals(policy).goals {
      let state: CoverageFindings.State
      if let tests = shown[goal.what] {
        state = .shown(by: tests)
      } else {
        state = found(goal, results)
      }
      entries.append(CoverageFindings.Entry(goal: goal, state: state))
    }
    return CoverageFindings(goals: entries, titles: results.map(\.title))
  }

  private func found(
    _ goal: CoverageGoal, _ results: [PolicyTestResult]
  ) -> CoverageFindings.State {
    do throws(NotDecided) {
      return try study.ask { regions throws(DiagramsTooLarge) in
        let region = try goals(regions).region(of: goal)
        if goal.isOfRequest {
          let others = try regions.store.not(region)
          let tests = requests(of: results, in: regions).enumerated().compactMap { index, cells in
            // What a test leaves open must not matter.
            cells.map { !regions.store.contains(others, $0) } == true ? index : nil
          }
          if !tests.isEmpty { return .shown(by: tests) }
        }
        switch try regions.witness(in: region) {
        case .empty: return .unreachable(try outOfReach(goal, regions))
        case .notBuilt(let tests): return .notDecided(.noRequest(tests: tests))
        case .found(let witness): return .missing(example(witness, goal, region, regions))
        }
      }
    } catch {
      return .notDecided(error)
    }
  }

  /// The regions of goals where some guards alone keep anything out; nil for all of them.
  private func goals(_ regions: RegionSpace, _ guards: [GuardID]? = nil) -> GoalRegions {
    GoalRegions(regions, readers, guarded, by: guards ?? guarded.all)
  }

  /// Why a goal's region is empty.
  private func outOfReach(
    _ goal: CoverageGoal, _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> CoverageFindings.OutOfReach {
    var needed: [GuardID] = []
    guard try regions.isFeasible(try goals(regions, needed).region(of: goal)) else {
      return .noRequest
    }
    needed = guarded.all
    for id in needed.reversed() {
      let fewer = needed.filter { $0 != id }
      if try !regions.isFeasible(try goals(regions, fewer).region(of: goal)) { needed = fewer }
    }
    return .keptOut(by: needed)
  }

  private func example(
    _ witness: Witness, _ goal: CoverageGoal, _ region: Diagram, _ regions: RegionSpace
  ) -> CoverageFindings.Example {
    let title = goal.title(in: decider.graph.policy)
    if goal.isOfRequest {
      // What a decision does not ask of a classifier may matter all the same.
      for all in [false, true] {
        guard let written = writer.written(witness.draft, givenAll: all),
          let cells = try? regions.cells(of: written.block.input),
          (try? isCertain(cells, region, regions)) == true
        else { continue }
        return .test(writer.named(title, written))
      }
      return .none(writer.whyNot(witness))
    }
    guard let (written, climb) = script.test(for: goal, from: witness.draft, writer) else {
      guard let written = writer.written(witness.draft) else {
        return .none(writer.whyNot(witness))
      }
      return .request(writer.named(title, written))
    }
    var found = writer.named(title, written)
    found.climb = climb
    return .test(found)
  }

  /// Whether a request is in a region, whatever is left open of it.
  private func isCertain(
    _ cells: DiagramModel, _ region: Diagram, _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> Bool {
    !regions.store.contains(try regions.store.not(region), cells)
  }

  /// The cells of every test's request; nil for a test that did not come to a decision.
  private func requests(
    of results: [PolicyTestResult], in regions: RegionSpace
  ) -> [DiagramModel?] {
    if let cells, cells.space === regions { return cells.tests }
    let read = results.map { result -> DiagramModel? in
      guard let input = result.request, result.decision != nil else { return nil }
      return try? regions.cells(of: input)
    }
    cells = (regions, read)
    return read
  }
}

extension CoverageGoal {
  /// Whether its region tells all: it is shown by a request that is in it.
  var isOfRequest: Bool {
    switch what {
    case .condition, .guarding: true
    case .route, .tier, .gate, .fallback, .arm, .line, .budget, .gateFails, .classifierFails:
      false
    }
  }
}
