import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import RoutingRuntime
import Testing
import TokenEstimates

@testable import PolicyLint

@Suite struct `Routes under an assumption, against requests` {
  private static let policies = [
    """
    facts { plan : free | pro = free  hard : bool = false }
    condition busy = stream and not hard
    condition wide = busy or prompt.tokens > 12
    task labels when prompt mentions "classify" or format = json
    task work when wide and plan = pro
    task chat otherwise
    points load { 30 when wide  30 when format in (json, json_schema)  40 when max_tokens >= 200 }
    route a when load >= 60 { use small }
    route b when task = work or (hard and max_tokens < 50) { use medium }
    route c when task = labels and prompt.tokens <= 8 { use large }
    route d when not stream { use small }
    route e when prompt.tokens >= 9 { use medium }
    otherwise { use large }
    """,
    """
    facts { plan : free | pro = free  hard : bool = false }
    route long when prompt.tokens > 10 and question.tokens < 20 { use medium }
    route live when stream or hard { use small }
    route exactly when max_tokens = 100 and format != text { use large }
    route pros when plan != free { use large }
    otherwise { use small }
    """,
  ]

  private static func graph(_ text: String) throws -> DecisionGraph {
    let files = [
      "catalog.yaml": sampleCatalog, "policy.rung": "rung 1\ncatalog \"catalog.yaml\"\n" + text,
    ]
    let checked = PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      }
    ).checked
    return try DecisionGraph(try #require(checked))
  }

  @Test(arguments: policies.indices)
  func `a route said to be out of reach is never taken`(index: Int) throws {
    let graph = try Self.graph(Self.policies[index])
    let policy = graph.policy
    let decider = Decider(graph)
    let least = PromptSizes(policy).least
    var known: [String: [Bool]] = [:]
    func reachable(_ name: String, _ assumption: Assumption) -> [Bool] {
      if let found = known[name] { return found }
      var reading = PartialReading(policy, assumption)
      let found = reading.reachableRoutes()
      known[name] = found
      return found
    }
    var (requests, closed) = (0, 0)
    for (target, route) in policy.routes.enumerated() {
      guard let condition = route.condition else { continue }
      var sampler = RequestSampler(policy, aiming: condition, seed: UInt64(target + 1))
      for _ in 0..<400 {
        var input = sampler.next()
        input.maxTokens = [nil, 49, 100, 200][requests % 4]
        input.format = RequestFormat.allCases[requests % 3]
        guard let decision = try? decider.decide(input), let taken = decision.route else {
          continue
        }
        requests += 1
        let limit = input.maxTokens ?? .max
        let views = [
          reachable("stream \(input.stream)", .stream(input.stream)),
          reachable("format \(input.format)", .format(input.format)),
          reachable("limit \(limit)", .maxTokens(limit)),
        ]
        for view in views {
          #expect(view[taken.index], "\(policy[taken].name)")
          closed += view.count { !$0 }
        }
        var tokens: Int64 = 0
        for message in input.messages {
          tokens += TokenEstimate(text: message.text.utf8.span, family: .qwen).high
        }
        #expect((least[taken.index] ?? .max) <= tokens, "\(policy[taken].name)")
      }
    }
    print("routes: \(requests) requests decided, \(closed) routes were said to be out of reach")
    #expect(requests > 1_000 && closed > 1_000)
  }
}
