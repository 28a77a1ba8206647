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
  private let routes: Taking.Finder
  private let tests: PolicyTests
  /// By place of a test: what takes its request; nil where that is not known.
  private let testsTaking: [Taking?]
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
    let script: ClimbScript
    /// What the policy does with it.
    let facts: TestableFacts
    private let taking: Taking?

    init(
      _ written: CaseWriter.Written, _ script: ClimbScript, _ decider: Decider,
      _ routes: Taking.Finder
    ) {
      self.written = written
      self.script = script
      facts = TestableFacts(written.block.input, script, decider)
      taking = routes.taking(written.block.input)
    }

    /// Whether a mutant may treat it otherwise; `routes` are the mutant's.
    func isReached(by mutant: Mutant, _ routes: Taking.Finder) -> Bool {
      mutant.reach.includes(written.block.input, taken: taking, routes)
    }

    var isServed: Bool {
      if case .route = written.decision.outcome { true } else { false }
    }
  }

  /// The tests of a policy, and how one is run on a mutant of it.
  package struct PolicyTests {
    package let titles: [String]
    /// The `always` blocks that are held, by their place in the policy.
    package let always: [Int]
    /// By place: the request of a test that passes, so that it is not run on mistakes that cannot reach
    /// it; nil runs it on all.
    package let requests: [RequestInput?]
    /// Whether the test at a place fails.
    package let fails: (Decider, Int) -> Bool

    package init(
      titles: [String], always: [Int] = [], requests: [RequestInput?] = [],
      fails: @escaping (Decider, Int) -> Bool
    ) {
      self.titles = titles
      self.always = always
      self.requests = requests
      self.fails = fails
    }
  }

  package init(
    _ decider: Decider, _ tests: PolicyTests, limits: DiagramLimits = DiagramLimits(),
    reading: @escaping CaseWriter.BodyReader
  ) {
    self.decider = decider
    let routes = Taking.Finder(decider.graph)
    self.routes = routes
    self.tests = tests
    testsTaking = tests.requests.map { $0.flatMap(routes.taking) }
    order = Array(tests.titles.indices)
    self.limits = limits
    writer = CaseWriter(decider, reading: reading)
    var finder = CaseFinder(decider, limits: limits, reading: reading)
    let nothing = ClimbScript(decider.graph.policy)
    for found in finder.cases().cases {
      guard let written = writer.written(found.draft) else { continue }
      known.append(KnownCase(written, nothing, decider, routes))
    }
  }

  /// What becomes of a mutant that compiles; `graph` is the policy with its mistake.
  package func fate(of mutant: Mutant, _ graph: DecisionGraph) -> MutationFindings.Fate {
    let mutated = Decider(graph)
    let taken = Taking.Finder(graph)
    func isReached(_ place: Int) -> Bool {
      guard tests.requests.indices.contains(place), let request = tests.requests[place] else {
        return true
      }
      return mutant.reach.includes(request, taken: testsTaking[place], taken)
    }
    if let place = order.firstIndex(where: { isReached($0) && tests.fails(mutated, $0) }) {
      let test = order.remove(at: place)
      order.insert(test, at: 0)
      return .killed(by: tests.titles[test])
    }
    if let title = refuted(mutated) { return .killed(by: title) }
    for index in known.indices.reversed() where known[index].isReached(by: mutant, taken) {
      if let test = test(noticing: mutant, by: known[index], mutated) {
        known.append(known.remove(at: index))
        return .survived(test)
      }
    }
    let comparison = PolicyComparison(decider.graph, graph, limits: limits, detail: .request)
    let difference = comparison.difference(deciders: (decider, mutated))
    let changes = difference.changes + difference.rerouted
    if difference.isEquivalent, changes.isEmpty { return .equivalent }
    var matter = UnseenMatter(mutant, difference, decider.graph.policy, graph.policy)
    if matter == nil, difference.isOfUnpaidCalls(decider, mutated) { matter = .unpaid }
    if let found = told(mutant, changes, matter, mutated) { return .survived(found) }
    if changes.isEmpty, let open = difference.undecided.first { return .notDecided(open.reason) }
    if let matter { return .beyondTests(matter) }
    return .notDecided("requests are treated otherwise, and no test was found that shows it")
  }

  /// A test made of a request that two policies treat differently; `matter` is what they differ in,
  /// if a test may not see it.
  private func told(
    _ mutant: Mutant, _ changes: [PolicyChange], _ matter: UnseenMatter?, _ mutated: Decider
  ) -> PolicyCase? {
    let found = changes.compactMap { change -> (change: PolicyChange, draft: RequestDraft)? in
      guard case .witness(let shown) = change.evidence else { return nil }
      return (change, shown.witness.draft)
    }
    for (_, draft) in found {
      if let test = first(of: [draft], noticing: mutant, mutated) { return test }
    }
    // Another request shows it only where it is a matter of amounts, or of who asks.
    guard matter?.mayShow ?? true else { return nil }
    let requests = TellingRequests(decider, mutated)
    for (change, draft) in found {
      let short = requests.short(draft, change)
      if let test = first(of: short, noticing: mutant, mutated) { return test }
    }
    if let test = spent(requests, changes, noticing: mutant, mutated) { return test }
    for (change, draft) in found where change.aspects.contains(where: \.isOfAmounts) {
      for plain in [draft] + roomier(than: draft, in: change) {
        let large = requests.large(plain)
        if let test = first(of: large, noticing: mutant, mutated) { return test }
      }
    }
    return nil
  }

  /// Known requests of a change's routes: another bound may hold back the one that was found.
  private func roomier(than draft: RequestDraft, in change: PolicyChange) -> [RequestDraft] {
    let routes = Set(change.routes.compactMap(\.old))
    let alike = known.reversed().filter { candidate in
      candidate.isServed && candidate.written.body == nil && candidate.written.draft != draft
        && (routes.isEmpty || candidate.written.route.map(routes.contains) == true)
    }
    return alike.prefix(Self.mostRoomier).map(\.written.draft)
  }

  /// Known requests that are tried large.
  private static let mostRoomier = 8

  /// A test of what a budget refuses, made of a request that is known to be served: the one that was
  /// found may be refused for something else, whatever is spent.
  private func spent(
    _ requests: TellingRequests, _ changes: [PolicyChange], noticing mutant: Mutant,
    _ mutated: Decider
  ) -> PolicyCase? {
    guard changes.contains(where: { $0.aspects.contains { $0.aspect == .budgets } }) else {
      return nil
    }
    let served = known.reversed().filter(\.isServed).prefix(Self.mostSpending)
    for candidate in served {
      let drafts = requests.spending(candidate.written.draft)
      if let test = first(of: drafts, noticing: mutant, mutated) { return test }
    }
    return nil
  }

  /// Known requests that are tried with spent budgets.
  private static let mostSpending = 24

  /// The first of some requests that shows a mutant, in one climb or another.
  private func first(
    of drafts: [RequestDraft], noticing mutant: Mutant, _ mutated: Decider
  ) -> PolicyCase? {
    let climbs = TellingClimbs(decider, mutated)
    for written in drafts.flatMap(waysToWrite) {
      let isShort = (written.body?.utf8.count ?? 0) <= Self.longestKnown
      let scripts = climbs.scripts(after: written.decision)
      for script in isShort ? scripts : [ClimbScript(decider.graph.policy)] {
        let candidate = KnownCase(written, script, decider, routes)
        guard let test = test(noticing: mutant, by: candidate, mutated) else { continue }
        if isShort { known.append(candidate) }
        return test
      }
    }
    return nil
  }

  /// A request with the answers of the classifiers its decision asks for, and with all it was made
  /// for: a guard reads what it is given, though nobody would ask.
  private func waysToWrite(_ draft: RequestDraft) -> [CaseWriter.Written] {
    let asked = writer.written(draft)
    guard !draft.classifiers.isEmpty else { return [asked].compactMap(\.self) }
    let all = writer.written(draft, givenAll: true)
    return (all?.block.given == asked?.block.given ? [asked] : [asked, all]).compactMap(\.self)
  }

  /// Bytes of a request that is tried on every mutant after the one it told.
  private static let longestKnown = 4_000

  /// An `always` the mutant breaks.
  private func refuted(_ mutated: Decider) -> String? {
    let study = AlwaysStudy(mutated)
    let refuted = tests.always.first { index in
      if case .refuted = study.verdict(on: index) { true } else { false }
    }
    return refuted.map { mutated.graph.policy.always[$0].title }
  }

  /// A test that passes for the policy and fails for the mutant; nil if it passes for both.
  private func test(
    noticing mutant: Mutant, by candidate: KnownCase, _ mutated: Decider
  ) -> PolicyCase? {
    let facts = TestableFacts(candidate.written.block.input, candidate.script, mutated)
    let differing = candidate.facts.differing(from: facts)
    guard let first = differing.first else { return nil }
    let script = candidate.script.pruned { fewer in
      let mine = TestableFacts(candidate.written.block.input, fewer, decider)
      let other = TestableFacts(candidate.written.block.input, fewer, mutated)
      return mine == candidate.facts && mine.differing(from: other) == differing
    }
    var found = writer.named(mutant.title, candidate.written)
    // What every case says of its decision may tell them apart already.
    let shown = Set(found.expected(in: decider.graph.policy))
    let isTold = !shown.isDisjoint(with: differing)
    found.climb = PolicyCase.Climbing(given: script.lines, expect: isTold ? [] : [first])
    return found
  }
}

extension AspectChange {
  /// Whether it may show in what a large request costs, or in what is left of it.
  fileprivate var isOfAmounts: Bool {
    switch aspect {
    case .first, .ladder, .fallback, .budgets, .price: true
    case .refusal, .split, .gates, .cache, .compression, .parameters, .system, .tools, .batch,
      .stop, .stick, .shadow, .place, .classifiers, .models:
      false
    }
  }
}

extension Mutant {
  /// As the title of a test that notices it.
  fileprivate var title: String {
    let what = Self.short(before)
    let words =
      switch change {
      case .droppedCondition, .removedGuard, .removedRoute, .removedTier, .removedFallback:
        "without \(what)"
      case .droppedNot: "without the not of \(what)"
      case .swappedConnective: "\(after) in \(what)"
      case .shiftedNumber: "\(what) is not \(after)"
      case .reorderedRoutes, .reorderedTasks, .reorderedTiers: "\(what) comes first"
      case .widenedScope: "\(what) is not \(after)"
      }
    return words
  }

  static func short(_ text: String) -> String {
    var isEscaped = false
    // A backslash says what stands behind it: `/\bcat\b/` is another pattern without.
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").filter {
      character in
      defer { isEscaped = character == "\\" && !isEscaped }
      return character != "\"" || isEscaped
    }
    return words.count > 50 ? "\(words.prefix(49))…" : words
  }
}
