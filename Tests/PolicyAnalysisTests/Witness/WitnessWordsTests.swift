import OpenAIWire
import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRequests
import Testing

@Suite struct `A witness in words` {
  struct Shown {
    let route: String
    let witness: Witness
  }

  /// A witness of every route of a policy.
  static func witnesses(_ graph: DecisionGraph) throws -> [Shown] {
    let study = PolicyStudy(graph)
    return try graph.policy.routes.indices.compactMap { route in
      let search = try study.ask { regions throws(DiagramsTooLarge) in
        try regions.witness(in: try regions.decides(RouteID(route)))
      }
      return try search.get().map { Shown(route: graph.policy.routes[route].name, witness: $0) }
    }
  }

  @Test(arguments: [
    (#"route a when prompt mentions ("refund", "money back") { use m }"#, #"question "refund""#),
    (
      #"route a when plan = pro and tenant = "acme" and weekday = monday { use m }"#,
      #"plan = pro  tenant "acme"  at monday 2026-01-05 12:00"#
    ),
    (#"route a when plan = free { use m }"#, "any plain request"),
    (
      #"route a when daily.used >= 80% and not healthy(n) and subject = law { use m }"#,
      "subject = law  daily.used = $16.00  n unhealthy"
    ),
    (
      #"route a when stream and tools has "search" and format = json and max_tokens < 100 { use m }"#,
      "stream  max_tokens = 99  format = json  tools search"
    ),
    (#"route a when prompt.chars >= 5k { use m }"#, "question of "),
    (#"route a when question.chars = 0 and system contains "be" { use m }"#, #"system "be""#),
  ])
  func `says what differs from a plain request`(route: String, line: String) throws {
    let graph = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      zone "UTC"
      facts { plan : free | pro = free }
      classifier subject : law | other { reads question  ask m "Which?"  on failure other }
      budget daily = $20 per tenant per day
      \(route)
      otherwise { use m }
      """
    ).graph
    let found = try #require(try Self.witnesses(graph).first { $0.route == "a" })
    let text = WitnessText.line(found.witness.draft, graph.policy)
    #expect(text.hasPrefix(line), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test(arguments: WitnessPolicies.all.indices)
  func `is the same request as the body of a wire request`(index: Int) throws {
    let graph = try SamplePolicy(WitnessPolicies.all[index]).graph
    for shown in try Self.witnesses(graph) {
      let witness = shown.witness
      let body = WitnessRequest(witness.draft, graph.policy).body
      let request = try ChatRequest(Array(body.utf8))
      let input = RequestInput(request, moment: witness.input.moment)
      #expect(input.messages.map(\.text) == witness.input.messages.map(\.text))
      #expect(input.messages.map(\.role) == witness.input.messages.map(\.role))
      #expect(input.model == witness.input.model)
      #expect(input.stream == witness.input.stream)
      #expect(input.maxTokens == witness.input.maxTokens)
      #expect(input.temperature == witness.input.temperature)
      #expect(input.format == witness.input.format)
      #expect(input.toolNames == witness.input.toolNames)
      #expect(input.imageCount == witness.input.imageCount)
      #expect(input.metadata == witness.input.metadata)
      #expect(input.user == witness.input.user)
    }
  }

  @Test
  func `is a command a shell takes as it is`() throws {
    let graph = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      zone "UTC"
      facts { team : search | support required from key }
      limit flow = 60 requests per key per minute
      route a when tenant = "it's us" and hour = 9 and flow.used >= 30 and team = support { use m }
      otherwise { use m }
      """
    ).graph
    let found = try #require(try Self.witnesses(graph).first)
    let request = WitnessRequest(found.witness.draft, graph.policy)
    #expect(
      request.command(policy: "policy.rung", file: "witness.json")
        == #"rung explain policy.rung witness.json --fact team=support --tenant 'it'\''s us' "#
        + "--budget flow=30 --at 2026-01-01T09:00:00")
  }
}
