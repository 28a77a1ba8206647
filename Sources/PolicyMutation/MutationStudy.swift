package import PolicyAnalysis
package import PolicyGraph
import PolicySemantics
package import RoutingRuntime

/// Judges the mutants of a policy: which its tests notice, which do nothing else than the policy, and
/// what test would notice the rest.
///
/// Tests come first, as they are quick; the `always` blocks next; and only what is left is compared
/// with the policy, exactly, as `rung diff` does.
package final class MutationStudy {
  private let decider: Decider
  private let tests: PolicyTests
  private let limits: DiagramLimits
  private var writer: CaseWriter
  /// The places of the tests, those first that noticed a mutant last: the next one is most often
  /// made of the same line.
  private var order: [Int]
  /// Requests and climbs that told a mutant from the policy, the last one last, and those of the
  /// policy's own cases: most mistakes are told by what told another.
  private var known: [KnownCase] = []

  /// A class, as there are thousands, and each that tells a mutant goes to the end.
  private final class KnownCase {
    let written: CaseWriter.Written
    let draft: RequestDraft
    let script: ClimbScript
    /// What the policy does with it.
    let facts: TestableFacts

    init(
      _ written: CaseWriter.Written, _ draft: RequestDraft, _ script: ClimbScript,
      _ facts: TestableFacts
    ) {
      self.written = written
      self.draft = draft
      self.script = script
      self.facts = facts
    }
  }

  /// The tests of a policy, and how one is run on a mutant of it.
  package struct PolicyTests {
    package let titles: [String]
    /// Whether the test at a place fails.
    package let fails: (Decider, Int) -> Bool

    package init(titles: [String], fails: @escaping (Decider, Int) -> Bool) {
      self.titles = titles
      self.fails = fails
    }
  }

  package init(
    _ decider: Decider, _ tests: PolicyTests, limits: DiagramLimits = DiagramLimits()
  ) {
    self.decider = decider
    self.tests = tests
    order = Array(tests.titles.indices)
    self.limits = limits
    writer = CaseWriter(decider)
    var finder = CaseFinder(decider, limits: limits)
    let nothing = ClimbScript(decider.graph.policy)
    for found in finder.cases().cases {
      guard let written = writer.written(found.block.input),
        let facts = TestableFacts(found.block.input, nothing, decider)
      else { continue }
      known.append(KnownCase(written, found.draft, nothing, facts))
    }
  }

  /// What becomes of a mutant that compiles; `graph` is the policy with its mistake.
  package func fate(of mutant: Mutant, _ graph: DecisionGraph) -> MutationFindings.Fate {
    let mutated = Decider(graph)
    if let place = order.firstIndex(where: { tests.fails(mutated, $0) }) {
      let test = order.remove(at: place)
      order.insert(test, at: 0)
      return .killed(by: tests.titles[test])
    }
    if let title = refuted(mutated) { return .killed(by: title) }
    for index in known.indices.reversed() {
      if let test = test(noticing: mutant, by: known[index], mutated) {
        known.append(known.remove(at: index))
        return .survived(test)
      }
    }
    let comparison = PolicyComparison(decider.graph, graph, limits: limits)
    let difference = comparison.difference(deciders: (decider, mutated))
    if difference.isEquivalent { return .equivalent }
    for change in difference.changes {
      guard case .witness(let found) = change.evidence else { continue }
      for candidate in candidates(found.witness, mutated) {
        guard let test = test(noticing: mutant, by: candidate, mutated) else { continue }
        known.append(candidate)
        return .survived(test)
      }
    }
    if difference.changes.isEmpty, let open = difference.undecided.first {
      return .notDecided(open.reason)
    }
    return .beyondTests
  }

  /// An `always` the mutant breaks.
  private func refuted(_ mutated: Decider) -> String? {
    let study = AlwaysStudy(mutated)
    for (index, always) in mutated.graph.policy.always.enumerated() {
      if case .refuted = study.verdict(on: index) { return always.title }
    }
    return nil
  }

  /// A request on which the two differ, with each climb that may show it.
  private func candidates(_ witness: Witness, _ mutated: Decider) -> [KnownCase] {
    guard let written = writer.written(witness) else { return [] }
    return TellingClimbs(decider, mutated).scripts(after: written.decision).compactMap { script in
      TestableFacts(written.block.input, script, decider).map {
        KnownCase(written, witness.draft, script, $0)
      }
    }
  }

  /// A test that passes for the policy and fails for the mutant; nil if it passes for both.
  private func test(
    noticing mutant: Mutant, by candidate: KnownCase, _ mutated: Decider
  ) -> PolicyCase? {
    guard
      let facts = TestableFacts(candidate.written.block.input, candidate.script, mutated)
    else { return nil }
    let differing = candidate.facts.differing(from: facts)
    guard let first = differing.first else { return nil }
    var found = writer.named(mutant.title, candidate.written, of: candidate.draft)
    // What every case says of its decision may tell them apart already.
    let shown = Set(found.expected(in: decider.graph.policy))
    let isTold = !shown.isDisjoint(with: differing)
    found.climb = PolicyCase.Climbing(given: candidate.script.lines, expect: isTold ? [] : [first])
    return found
  }
}

extension Mutant {
  /// As the title of a test that notices it.
  fileprivate var title: String {
    let what = Self.short(before)
    let words =
      switch change {
      case .droppedCondition, .removedRoute, .removedTier, .removedFallback: "without \(what)"
      case .droppedNot: "without the not of \(what)"
      case .swappedConnective: "\(after) in \(what)"
      case .shiftedNumber: "\(what) is not \(after)"
      case .reorderedRoutes, .reorderedTasks, .reorderedTiers: "\(what) comes first"
      case .widenedScope: "\(what) is not \(after)"
      }
    return words
  }

  private static func short(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .filter { $0 != "\"" && $0 != "\\" }
    return words.count > 50 ? "\(words.prefix(49))…" : words
  }
}
