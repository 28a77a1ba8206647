import PolicySemantics
import Testing

@testable import PolicyGraph

/// Graph and reference decide the same generated requests under the same generated policies.
@Suite struct DifferentialTests {
  /// Eight seeds, each a list of policies of its own, so that they run side by side.
  static let seeds: [UInt64] = (1...8).map { 0x5eed_0000 + $0 }
  static let policiesPerSeed = 50
  static let requestsPerPolicy = 510

  @Test func `graph and reference agree on two hundred thousand generated pairs`() async throws {
    let tables = try await withThrowingTaskGroup(of: DifferentialRun.self) { group in
      for seed in DifferentialTests.seeds {
        group.addTask {
          try DifferentialRun(
            seed: seed, policies: DifferentialTests.policiesPerSeed,
            requests: DifferentialTests.requestsPerPolicy)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    var table = ConstructTable()
    tables.forEach { table.merge($0.table) }
    let pairs = tables.reduce(0) { $0 + $1.pairs }
    print("pairs: \(pairs), seeds: \(DifferentialTests.seeds.map { String($0, radix: 16) })")
    print(table)
    #expect(pairs >= 200_000)
    for name in ConstructTable.names {
      let row = table.rows[name] ?? ConstructTable.Row()
      #expect(
        row.written + row.yes + row.no + row.unknown > 0, "the construct `\(name)` never occurred")
    }
    for difference in tables.flatMap(\.differences).prefix(3) { Issue.record("\(difference)") }
  }
}

/// One seed's policies and requests, decided twice.
struct DifferentialRun: Sendable {
  private(set) var table = ConstructTable()
  private(set) var pairs = 0
  /// The first few pairs on which the two do not agree.
  private(set) var differences: [Difference] = []

  init(seed: UInt64, policies: Int, requests: Int) throws {
    var seeds = SeededRandom(seed: seed)
    for _ in 0..<policies {
      let policySeed = seeds.next()
      var generator = PolicyGenerator(seed: policySeed)
      let compiled = try Compiled(texts: generator.files())
      table.add(compiled.policy)
      try run(compiled, seed: policySeed, requests: requests)
    }
  }

  private mutating func run(_ compiled: Compiled, seed: UInt64, requests: Int) throws {
    var generator = RequestGenerator(seed: seed ^ 0xabcd, for: compiled.policy)
    var scratch = Scratch(for: compiled.graph)
    let memory = ReferenceTexts.Memory()
    let sightings = Sightings()
    for number in 0..<requests {
      let input = generator.request()
      pairs += 1
      sightings.isOn = number % 16 == 0
      let (expected, reference) = Pair.byReference(compiled.policy, input, memory) {
        sightings.add($0, $1)
      }
      let verdict = Pair.byGraph(compiled.graph, input, &scratch)
      note(expected)
      if verdict != expected {
        differences.append(
          Difference(
            seed: seed, policy: compiled.texts, request: input,
            what: "graph \(verdict), reference \(expected)"))
        return
      }
      if number % 8 == 0, let reference {
        compareSites(compiled, input, reference, seed, &scratch)
      }
      if sightings.isOn, let reference {
        countDecisive(compiled, input, reference, seed, &scratch)
      }
    }
    for (test, truth) in sightings.seen { table.saw(test, truth) }
  }

  private mutating func note(_ verdict: Pair.Verdict) {
    switch verdict {
    case .route(_, let task): if task == nil { table.count("no task") { $0.yes += 1 } }
    case .needs: table.count("classifier needed") { $0.yes += 1 }
    case .refused: table.count("fact problem") { $0.yes += 1 }
    case .other: break
    }
  }

  /// Guards, budgets, tasks, named conditions and points lines by themselves.
  private mutating func compareSites(
    _ compiled: Compiled, _ input: RequestInput, _ reference: Reference, _ seed: UInt64,
    _ scratch: inout Scratch
  ) {
    guard var facts = try? compiled.graph.facts(of: input) else { return }
    for (site, condition) in compiled.policy.sites {
      let truth = compiled.graph.evaluate(site, &facts, in: &scratch)
      let expected = condition.map { reference.truth($0) } ?? .yes
      if "\(truth)" == expected.rawValue { continue }
      differences.append(
        Difference(
          seed: seed, policy: compiled.texts, request: input,
          what: "at \(site): graph \(truth), reference \(expected)"))
      return
    }
  }

  /// The tests an explanation names as deciding the route that matched.
  private mutating func countDecisive(
    _ compiled: Compiled, _ input: RequestInput, _ reference: Reference, _ seed: UInt64,
    _ scratch: inout Scratch
  ) {
    guard var facts = try? compiled.graph.facts(of: input) else { return }
    for route in compiled.policy.routes.indices {
      let site = ConditionSite.route(RouteID(route))
      let reason = compiled.graph.reason(for: site, &facts, in: &scratch)
      for found in reason?.tests ?? [] {
        let test = compiled.graph.test(of: found.atom)
        if "\(reference.truth(test))" != "\(found.truth)" {
          differences.append(
            Difference(
              seed: seed, policy: compiled.texts, request: input,
              what: "the reason \(found) for \(test)"))
        }
        for name in ConstructTable.constructs(of: test) {
          table.count(name) { $0.decisive += 1 }
        }
      }
    }
  }
}

/// What the reference looked at, collected while it is asked to.
private final class Sightings {
  var isOn = false
  var seen: [(RequestTest, ReferenceTruth)] = []

  func add(_ test: RequestTest, _ truth: ReferenceTruth) {
    if isOn { seen.append((test, truth)) }
  }
}
