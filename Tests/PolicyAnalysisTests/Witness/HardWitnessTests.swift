import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingTestSupport
import Testing

@Suite struct `Hard witnesses` {
  static func search(_ condition: String) throws -> WitnessSearch {
    let graph = try SamplePolicy(
      WitnessPolicies.header + "route a when \(condition) { use m }\notherwise { use m }"
    ).graph
    return try PolicyStudy(graph).ask { regions throws(DiagramsTooLarge) in
      try regions.witness(in: try regions.decides(RouteID(0)))
    }
  }

  @Test(arguments: [
    // The first word of a list trips what must fail.
    #"prompt mentions ("debug it", "refactor") and not prompt mentions ("debug")"#,
    // A text that must not begin with the only word it may have.
    #"question contains "abc" and not question starts with "abc""#,
    // The system text stands first, unless the prompt must start with something else.
    #"prompt starts with "Dear" and system starts with "You""#,
    // In no part but one.
    #"prompt mentions ("refund") and not question mentions ("refund") and not system mentions ("refund")"#,
    #"prompt mentions ("refund") and question.chars = 0"#,
    #"prompt.tokens >= 8k and question.chars <= 20 and system.chars = 0"#,
    #"prompt.chars >= 10k and prompt.tokens < 100"#,
    #"prompt.chars < 400 and prompt.tokens > 900"#,
    #"prompt.tokens = 1000"#, #"prompt.chars = 12345 and question.lines = 17"#,
    #"prompt.tokens >= 200k"#, #"prompt.lines > 5k and prompt.chars < 6k"#,
    #"question.chars = 3 and question mentions ("why")"#,
    #"language = ja and prompt.tokens > 50 and prompt mentions ("refund")"#,
    #"language = unknown and question.chars >= 30"#, #"language = uk"#, #"language != en"#,
    #"messages = 1 and turn = 0"#, #"turn = 0 and system mentions ("be")"#, #"messages >= 500"#,
    #"tools = 3 and tools has "tool_2" and not tools has "tool_1""#,
    #"prompt has card and prompt has secret and prompt has table and prompt has url"#,
    #"prompt has code and not prompt has numbers and prompt has json"#,
    #"prompt matches /^SELECT .+ FROM \w+;$/ and prompt mentions ("please")"#,
    #"prompt matches /foo\d{3}/ and not prompt matches /foo1/"#,
    #"question matches /(?m)^\d+\.$/ and question starts with "List""#,
    #"tenant != "acme" and key = "k1" and user != "kim""#,
    #"origin != "web" and origin != "other""#,
    #"weekday = friday and date >= 2026-02-10 and date <= 2026-02-14"#,
    #"daily.used >= 99.5% and daily.left > $0 and flow.used = 59"#,
  ])
  func `are built`(condition: String) throws {
    let search = try Self.search(condition)
    guard case .found(let witness) = search else {
      Issue.record("\(search)")
      return
    }
    #expect(witness.input.messages.allSatisfy { $0.text.utf8.count < 8 << 20 })
  }

  @Test(arguments: [
    (#"prompt.tokens >= 1000000000"#, "prompt.tokens"),
    (#"language = xx"#, "language"),
    (#"question matches /a\bb/"#, #"question matches /a\bb/"#),
    (#"prompt has card and not prompt has numbers"#, "prompt has card"),
  ])
  func `that no one can build are named`(condition: String, test: String) throws {
    let search = try Self.search(condition)
    guard case .notBuilt(let tests) = search else {
      Issue.record("\(search)")
      return
    }
    #expect(tests.contains(test), "\(tests)")
  }

  @Test
  func `lean on what the analysis knows only the outcome of`() throws {
    let search = try Self.search(
      #"subject = law and prompt has url and prompt matches /\d{3}/ and plan = pro"#)
    guard case .found(let witness) = search else {
      Issue.record("\(search)")
      return
    }
    #expect(witness.leansOn == [#"/\d{3}/"#, "subject", "url"])
  }

  /// Two policies read one request each in their own way; a witness is one for both.
  @Test
  func `mean the same to two policies`() throws {
    let old = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free  seats : count = 5  team : a | b required from key }
      classifier subject : law | other { reads question  ask m "Which?"  on failure other }
      budget daily = $20 per tenant per day
      route a when plan = pro and daily.used >= 50% and subject = law { use m }
      otherwise { use m }
      """
    ).graph
    let new = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      facts { seats : count = 9  plan : free | pro | max = pro from header "x-plan" }
      budget other = $5 per tenant per day
      budget daily = $40 per tenant per day
      classifier subject : other | law { reads question  ask m "Which?"  on failure law }
      route b when plan = pro and not healthy(n) and seats < 9 and subject = law { use m }
      otherwise { use m }
      """
    ).graph
    let study = PolicyStudy(comparing: old, with: new)
    let search = try study.ask { regions throws(DiagramsTooLarge) in
      try regions.witness(
        in: try regions.store.and(
          try regions.decides(RouteID(0), in: 0), try regions.decides(RouteID(0), in: 1)))
    }
    let witness = try #require(try search.get())
    for graph in [old, new] {
      #expect(`A random attack`.decided(graph, witness.draft.input(for: graph)) == 0)
    }
    let lonely = try study.ask { regions throws(DiagramsTooLarge) in
      try regions.witness(
        in: try regions.store.minus(
          try regions.decides(RouteID(0), in: 1), try regions.decides(RouteID(0), in: 0)),
        policy: 1)
    }
    let other = try #require(try lonely.get())
    #expect(`A random attack`.decided(old, other.draft.input(for: old)) == 1)
    #expect(`A random attack`.decided(new, other.input) == 0)
  }
}
