import PolicyAnalysis
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyMutation

/// What a mistake is said not to reach is never tried on it: so it has to be treated the same.
@Suite struct `The reach of a mistake` {
  @Test func `is that of the part it lies in`() {
    let text = """
      rung 1
      task code when prompt has code
      task chat otherwise
      guard near when stream { drop tools }
      route first when stream and seats > 5 { use m max_output 2k tokens }
      otherwise { use m max_output 1k tokens }
      """
    let file = PolicyParser.parse(SourceFile(path: "policy.rung", text: text)).value
    let found = MutantFinder.mutants(of: file).map { "\($0.before): \($0.reach)" }
    #expect(Set(found.filter { $0.hasPrefix("prompt has code") }) == ["prompt has code: taking"])
    #expect(found.contains("seats > 5: taking"))
    #expect(found.contains(#"2k tokens: route("first")"#))
    #expect(found.contains(#"1k tokens: route("otherwise")"#))
    #expect(found.contains("guard near when stream { drop tools }: anything"))
  }

  @Test(arguments: [20_261_211 as UInt64, 20_261_213])
  func `leaves no request out that is treated otherwise`(seed: UInt64) throws {
    var maker = PairMaker(random: SplitMix(state: seed))
    var spared = 0
    for _ in 0..<4 { spared += try Self.spared(maker.policy().text, seed) }
    #expect(spared > 1_000, "seed \(seed)")
  }

  @Test func `leaves none out where guards, limits, gates and arms hang on the task`() throws {
    let text = """
      rung 1
      catalog "catalog.yaml"
      facts { plan : none | pro = none  seats : count = 1 }
      task code when prompt has code or seats > 40
      task sums when prompt mentions ("sum", "add")
      task chat otherwise
      limit rate = 60 requests per key per minute when task = sums
      guard closed when task = code and plan = none { refuse "no" }
      guard near when task = chat { only models where model.region = us }
      gate long = length >= 20 chars
      ladder rise(max_budget = $0.50) { tier m accept long tier big }
      route arms when seats > 5 and task != sums { split by user { 50% use m 50% use n fallback big } }
      route tall when stream and plan = pro { use rise }
      route short when task = code or stream { use n max_output 1k tokens }
      otherwise { use m fallback n }
      """
    #expect(try Self.spared(text, 7) > 1_000)
  }

  /// Tries every mistake of a policy on requests it is said not to reach.
  ///
  /// - Returns: how many that were.
  private static func spared(_ text: String, _ seed: UInt64) throws -> Int {
    let source = SourceFile(path: "policy.rung", text: text)
    let policy = Decider(try SamplePolicy(text).graph)
    let requests = requests(for: policy, seed)
    let nothing = ClimbScript(policy.graph.policy)
    let routes = Taking.Finder(policy.graph)
    let known = requests.map { request in
      (request, routes.taking(request), TestableFacts(request, nothing, policy))
    }
    var spared = 0
    for mutant in MutantFinder.mutants(of: PolicyParser.parse(source).value) {
      let changed = String(decoding: mutant.bytes(of: source), as: UTF8.self)
      guard let graph = try? SamplePolicy(changed).graph else { continue }
      let mutated = Decider(graph)
      let taken = Taking.Finder(graph)
      for (request, taking, facts) in known
      where !mutant.reach.includes(request, taken: taking, taken) {
        spared += 1
        let differing = facts.differing(from: TestableFacts(request, nothing, mutated))
        #expect(differing.isEmpty, "\(mutant.before) -> \(mutant.after) in\n\(text)\n\(differing)")
      }
    }
    return spared
  }

  private static func requests(for policy: Decider, _ seed: UInt64) -> [RequestInput] {
    policy.graph.policy.routes.compactMap(\.condition).flatMap { condition in
      var sampler = RequestSampler(policy.graph.policy, aiming: condition, seed: seed)
      return (0..<20).map { _ in sampler.next() }
    }
  }
}
