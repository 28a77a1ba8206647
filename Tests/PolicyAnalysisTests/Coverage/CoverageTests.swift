import PolicyAnalysis
import PolicyCoverage
import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingTestSupport
import Testing

@testable import RoutingRuntime

@Suite struct `What tests show of a policy` {
  private static let policy = """
    rung 1
    catalog "catalog.yaml"
    facts { plan : free | pro = free  seats : count = 1 }
    gate ok = length >= 20 chars
    gate sure = logprob(p10)
    ladder rise { tier m accept ok and sure >= 0.5 tier n }
    budget house = $20 per month
    route many when seats > 5 and plan = pro { cache exact for 1h per user use rise fallback on filtered big }
    route never when seats > 7 and seats < 3 { use m }
    route parts when prompt mentions "parts" { split by user { 50% use m 50% use n } }
    otherwise { use m }
    """

  /// The states of all goals, in words.
  private static func states(_ tests: String) throws -> [String] {
    let graph = try SamplePolicy(policy + "\n" + tests).graph
    let findings = Self.findings(graph)
    return findings.goals.map { entry in
      let state =
        switch entry.state {
        case .shown(let tests): "shown by \(tests.count)"
        case .missing: "missing"
        case .unreachable: "unreachable"
        case .notDecided: "not decided"
        }
      return "\(entry.goal.words(in: graph.policy)): \(state)"
    }
  }

  static func findings(_ graph: DecisionGraph) -> CoverageFindings {
    let decider = Decider(graph)
    let runner = PolicyTestRunner(decider) { _ in .failure(.init("no files here")) }
    return CoverageStudy(decider, reading: BodyReading.request).findings(from: runner.run())
  }

  @Test func `a test that fails shows nothing`() throws {
    let request = "request { question = \"hello\" plan = pro seats = 5 }"
    let passing = try Self.states("test \"few\" { \(request) expect { route = otherwise } }")
    let failing = try Self.states("test \"few\" { \(request) expect { route = many } }")
    #expect(passing.contains { $0.hasSuffix("shown by 1") })
    #expect(!failing.contains { $0.contains("shown by") })
  }

  @Test func `each condition must matter both ways, and what no request reaches is left out`()
    throws
  {
    let states = try Self.states(
      """
      test "many" {
        request { question = "hello" plan = pro seats = 6 user = "u" }
        given { ok = true sure = 0.6 }
        expect { route = many }
      }
      test "few" { request { question = "hello" plan = pro seats = 5 } expect { route = otherwise } }
      """)
    #expect(
      states == [
        "house refuses a request: missing",
        "tier 1 of rise is called: shown by 1",
        "ok takes an answer of tier 1 of rise: shown by 1",
        "ok rejects an answer of tier 1 of rise: missing",
        "sure takes an answer of tier 1 of rise: shown by 1",
        "sure rejects an answer of tier 1 of rise: missing",
        "tier 2 of rise is called: missing",
        "gate sure fails: missing",
        "route many takes a request: shown by 1",
        "`seats > 5` is true and decides route many: shown by 1",
        "`seats > 5` is false and decides route many: shown by 1",
        "`plan = pro` is true and decides route many: shown by 1",
        "`plan = pro` is false and decides route many: missing",
        "`cache exact for 1h per user` of route many applies: shown by 1",
        "a fallback of route many is called: missing",
        "route never takes a request: unreachable",
        "`seats > 7` is true and decides route never: unreachable",
        "`seats > 7` is false and decides route never: missing",
        "`seats < 3` is true and decides route never: unreachable",
        "`seats < 3` is false and decides route never: missing",
        "route parts takes a request: missing",
        "`prompt mentions \"parts\"` is true and decides route parts: missing",
        "`prompt mentions \"parts\"` is false and decides route parts: shown by 1",
        "arm arm_1 of route parts takes a request: missing",
        "arm arm_2 of route parts takes a request: missing",
        "route otherwise takes a request: shown by 1",
      ])
  }

  @Test(arguments: [("", 20_261_201 as UInt64), ("use rise", 20_261_202)])
  func `the tests that are suggested pass, and show what they are suggested for`(
    last: String, seed: UInt64
  ) throws {
    var maker = PairMaker(random: SplitMix(state: seed))
    var suggested = 0
    for _ in 0..<40 {
      var parts = maker.policy()
      if !last.isEmpty { parts.last = last }
      let graph = try SamplePolicy(parts.text).graph
      let before = Self.findings(graph)
      var cases = PolicyCases()
      var expected: [CoverageGoal.What] = []
      for entry in before.goals {
        guard case .missing(.test(let found)) = entry.state else { continue }
        cases.cases.append(found)
        expected.append(entry.goal.what)
      }
      suggested += cases.cases.count
      let printed = CaseText(cases, graph.policy, folder: "")
      let tested = try printed.pasted(into: parts.text)
      let decider = Decider(tested)
      let results = BodyReading.runner(decider).run()
      let failed = results.filter { !$0.passed }.map(\.title)
      #expect(failed.isEmpty, "seed \(seed): \(failed)\n\(parts.text)")
      let after = CoverageStudy(decider, reading: BodyReading.request).findings(from: results)
      for entry in after.goals where expected.contains(entry.goal.what) {
        if case .shown = entry.state { continue }
        Issue.record(
          "seed \(seed): \(entry.goal.words(in: tested.policy)) is not shown\n\(parts.text)")
      }
    }
    #expect(suggested > 400, "seed \(seed): \(suggested) tests were suggested")
  }

  /// An arm that goes by the request, a fallback in it, and a part that matters only where a classifier
  /// says so, which the decision does not ask.
  @Test func `what hangs on who asks, on what is asked or on a classifier is suggested too`() throws
  {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      facts { part : a | b | c = a }
      classifier kind : law | other { reads question ask m "Which?" on failure other }
      route law when kind = law and stream { use big }
      route lottery when part = b { split by request { 50% use m  50% use n fallback big } }
      route callers when part = c { split by user { 95% use m  5% use n fallback big } }
      otherwise { use m }
      """
    try Self.expectSuggestionsShowAll(of: policy)
  }

  /// What a gate or a classifier is when it fails, by itself or with the model it asks.
  @Test func `a failure is suggested, and shown where it decides`() throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      classifier kind : law | other { reads question ask n "Which?" on failure law }
      classifier idle : law | other { reads question http "https://idle.example" on failure law }
      gate plain = not refusal
      gate good = judge(n, "Good?") on failure accept
      gate sure = http("https://sure.example", higher_is_better)
      ladder rise { tier m accept good >= 0.5 and plain tier wide accept sure >= 0.5 tier big }
      route law when kind = law { use m }
      route never when stream and not stream and idle = law { use m }
      otherwise { use rise }
      """
    let failures = try Self.failures(of: policy)
    #expect(
      failures == [
        "classifier kind fails: missing", "classifier idle fails: unreachable",
        "gate good fails: missing", "gate sure fails: missing",
      ])
    try Self.expectSuggestionsShowAll(of: policy, but: "never", "idle")
    let shown = try Self.failures(
      of: policy + "\n"
        + """
        test "its label" { request { question = "hi" } given { kind = law } expect { route = law } }
        test "nobody says" { request { question = "hi" } given { n fails limited } expect { route = law } }
        test "nobody is asked" {
          request { question = "hi" stream = true }
          given { kind = law good fails limited }
          expect { route = law }
        }
        test "nobody scores" {
          request { question = "hi" }
          given { kind = other good = 0.2 sure fails unavailable at wide }
          expect { answered_by = big }
        }
        """)
    #expect(
      shown == [
        "classifier kind fails: shown by 1", "classifier idle fails: unreachable",
        "gate good fails: missing", "gate sure fails: shown by 1",
      ])
  }

  private static func failures(of policy: String) throws -> [String] {
    let graph = try SamplePolicy(policy).graph
    return findings(graph).goals.filter { $0.goal.kind == .failures }.map { entry in
      let state =
        switch entry.state {
        case .shown(let tests): "shown by \(tests.count)"
        case .missing: "missing"
        case .unreachable: "unreachable"
        case .notDecided: "not decided"
        }
      return "\(entry.goal.words(in: graph.policy)): \(state)"
    }
  }

  /// Adds the tests that are suggested for a policy, runs them, and expects every goal to be shown.
  private static func expectSuggestionsShowAll(of policy: String, but names: String...) throws {
    let graph = try SamplePolicy(policy).graph
    var cases = PolicyCases()
    for entry in Self.findings(graph).goals {
      if case .missing(.test(let found)) = entry.state { cases.cases.append(found) }
    }
    let tested = Decider(try CaseText(cases, graph.policy, folder: "").pasted(into: policy))
    let results = BodyReading.runner(tested).run()
    for result in results { #expect(result.passed, "\(result.title): \(result.failures)") }
    for entry in CoverageStudy(tested, reading: BodyReading.request).findings(from: results).goals {
      if case .shown = entry.state { continue }
      let words = entry.goal.words(in: graph.policy)
      if names.contains(where: words.contains) { continue }
      Issue.record("\(words): \(entry.state)")
    }
  }

  /// What guards keep from every request is out of reach, in their names.
  @Test(arguments: [
    (
      "guard near { only models where model.region = eu }", "use rise fallback big",
      ["tier 2 of rise is called", "a fallback of route shop is called"], "near"
    ),
    (
      "guard near when plan = pro { only models where model.region = eu }", "use rise fallback big",
      ["tier 2 of rise is called", "a fallback of route shop is called"], "near"
    ),
    (
      "guard no when plan = pro { refuse \"no\" }",
      "split by user { 50% as one { use m } 50% as two { use n } } cache exact for 1h",
      [
        "`cache exact for 1h` of route shop applies", "arm one of route shop takes a request",
        "arm two of route shop takes a request",
      ], "no"
    ),
    (
      "guard here { only models where model.region = eu } guard there { only models where model.region = us }",
      "use wide fallback n", ["a fallback of route shop is called"], "here"
    ),
    ("guard near when seats > 5 { only models where model.region = eu }", "use rise", [], ""),
  ])
  func `what guards keep from every request is out of reach, in their names`(
    guards: String, action: String, closed: [String], name: String
  ) throws {
    let graph = try SamplePolicy(
      """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free  seats : count = 1 }
      gate ok = length >= 20 chars
      ladder rise { tier m accept ok tier n }
      \(guards)
      route shop when plan = pro { \(action) }
      otherwise { use m }
      """
    ).graph
    let found = Self.findings(graph).goals.compactMap { entry -> String? in
      guard case .unreachable(.keptOut(let guards)) = entry.state else { return nil }
      #expect(guards.map { graph.policy[$0].name } == [name])
      return entry.goal.words(in: graph.policy)
    }
    #expect(Set(found) == Set(closed))
  }

  /// Where a guard takes models from the plainest request, another is found.
  @Test func `a tier is shown by a request from which no guard takes it`() throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      gate ok = length >= 20 chars
      ladder rise(max_budget = $0.10) { tier m accept ok tier n accept ok tier big max_output 1k tokens }
      guard cheap when plan = free { only models where model.output_price <= $1 per 1M tokens }
      route long when prompt.tokens > 2k { use rise fallback big }
      otherwise { use rise }
      """
    try Self.expectSuggestionsShowAll(of: policy)
  }

  /// A part matters if the condition turns out otherwise when the part is written as what always
  /// holds than when it is written as what never does; which of the two the policy agrees with is
  /// the part's value.
  ///
  /// That takes three policies and the evaluator, and no diagram.
  @Test func `a condition is shown by the requests for which rewriting it makes a difference`()
    throws
  {
    let seed: UInt64 = 20_261_203
    var maker = PairMaker(random: SplitMix(state: seed))
    var (held, shown) = (0, 0)
    for round in 0..<25 {
      let text = maker.policy().text
      let graph = try SamplePolicy(text).graph
      let decider = Decider(graph)
      for (index, route) in graph.policy.routes.enumerated() {
        guard let condition = route.condition else { continue }
        let id = RouteID(index)
        var sampler = RequestSampler(
          graph.policy, aiming: condition, seed: seed &+ UInt64(round * 100 + index))
        let requests = (0..<12).map { _ in sampler.next() }
        let results = requests.map { request -> PolicyTestResult in
          var result = PolicyTestResult(title: "", span: route.span, failures: [])
          result.request = request
          result.decision = try? decider.decide(request)
          return result
        }
        let findings = CoverageStudy(decider, reading: BodyReading.request).findings(from: results)
        for entry in findings.goals {
          guard case .condition(.route(id), _, let holds) = entry.goal.what else { continue }
          let withTrue = try Self.rewritten(text, entry.goal.span, "messages <= 1M")
          let withFalse = try Self.rewritten(text, entry.goal.span, "messages > 1M")
          let expected = results.indices.filter { place in
            guard let decision = results[place].decision,
              let taken = decision.route, taken.index >= index
            else { return false }
            let site = ConditionSite.route(id)
            let yes = Self.holds(site, requests[place], withTrue)
            let no = Self.holds(site, requests[place], withFalse)
            return yes != no && (Self.holds(site, requests[place], graph) == yes) == holds
          }
          var found: [Int] = []
          if case .shown(let tests) = entry.state { found = tests }
          held += 1
          shown += expected.isEmpty ? 0 : 1
          #expect(
            found == expected,
            "seed \(seed), \(entry.goal.words(in: graph.policy)) in\n\(text)")
          if case .unreachable = entry.state { #expect(expected.isEmpty) }
        }
      }
    }
    #expect(held > 150 && shown > 80, "seed \(seed): \(held) held, \(shown) shown")
  }

  private static func rewritten(
    _ text: String, _ span: Span, _ condition: String
  ) throws -> DecisionGraph {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(Int(span.start)..<Int(span.end), with: Array("(\(condition))".utf8))
    return try SamplePolicy(String(decoding: bytes, as: UTF8.self)).graph
  }

  private static func holds(
    _ site: ConditionSite, _ request: RequestInput, _ graph: DecisionGraph
  ) -> Bool {
    guard var facts = try? graph.facts(of: request) else { return false }
    var scratch = Scratch(for: graph)
    return graph.evaluate(site, &facts, in: &scratch) == .yes
  }
}
