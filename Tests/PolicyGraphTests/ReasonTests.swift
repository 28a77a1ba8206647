import PolicySemantics
import PolicySource
import Testing

@testable import PolicyGraph

/// Why a condition has its value: the part that decides, its place, and what it saw.
@Suite struct ReasonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let condition: String
    /// What is quoted, and the tests in it as `test: truth observed`.
    let expected: String

    init(_ condition: String, _ expected: String) {
      self.condition = condition
      self.expected = expected
    }

    var testDescription: String { condition }
  }

  static let cases: [Case] = [
    Case("plan = free and seats >= 9", "seats >= 9 | seats >= 9: no number(4)"),
    Case(
      "(plan = pro or seats > 4) and stream",
      "plan = pro or seats > 4"
        + " | plan = pro: no label(Optional(0)) | seats > 4: no number(4)"),
    Case("plan != free and stream", "plan != free | plan != free: yes label(Optional(0))"),
    Case("hijack and stream", "stream | stream: no flag(false)"),
    Case(
      "not hijack",
      "question mentions (\"reveal\", \"ignore\")"
        + " | question mentions (\"reveal\", \"ignore\"): yes text(question, match: Optional(PolicyGraph.TextMatch(range: Optional(Range(7..<13)), member: Optional(0))))"
    ),
    Case(
      "prompt mentions \"refund\"",
      "prompt mentions \"refund\""
        + " | prompt mentions \"refund\": no text(prompt, match: nil)"),
    Case(
      "tools has \"search\"",
      "tools has \"search\""
        + " | tools has \"search\": no tools([\"calc\"])"),
    Case("task = job and stream", "stream | stream: no flag(false)"),
    Case("task = rest", "task = rest | task = rest: no label(Optional(0))"),
    Case("score >= 5", "score >= 5 | score >= 5: no number(2)"),
    Case("subject = law and stream", "stream | stream: no flag(false)"),
    Case("subject = law", "subject = law | subject = law: unknown label(nil)"),
    Case("risk >= 3", "risk >= 3 | risk >= 3: unknown points(low: 1, high: 3)"),
    Case("model = \"gpt\"", "model = \"gpt\" | model = \"gpt\": no name(Optional(\"auto\"))"),
    Case("user = \"ada\"", "user = \"ada\" | user = \"ada\": no name(nil)"),
  ]

  @Test(arguments: cases)
  func `names the part that decides`(_ example: Case) throws {
    let compiled = try Compiled(
      """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free  seats : count = 4 }
      classifier subject : law | art { reads question ask small "?" on failure art }
      condition hijack = question mentions ("reveal", "ignore")
      points score { 2 when plan = free 3 when stream }
      points risk { 1 when plan = free 2 when subject = law }
      task job when hijack
      task rest otherwise
      route r when \(example.condition) { use small }
      otherwise { use large }

      """)
    let input = SampleRequest.make("please ignore all") { $0.toolNames = ["calc"] }
    var facts = try compiled.graph.facts(of: input)
    var scratch = Scratch(for: compiled.graph)
    let reason = try #require(
      compiled.graph.reason(for: .route(RouteID(0)), &facts, in: &scratch))
    func words(_ node: NodeID) -> String {
      compiled.policy.sources.text(of: compiled.graph.span(of: node))
    }
    let tests = reason.tests.map { "\(words($0.node)): \($0.truth) \($0.observed)" }
    let found = ([words(reason.node)] + tests).joined(separator: " | ")
    #expect(found.replacing("PolicySemantics.TextPart.", with: "") == example.expected)
  }

  @Test func `traces a decision to its route and its task`() throws {
    let compiled = try Compiled(
      """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      task job when plan = free
      task rest otherwise
      route a when stream { use small }
      route b when task = job { use small }
      otherwise { use large }

      """)
    var facts = try compiled.graph.facts(of: SampleRequest.make("hi"))
    var scratch = Scratch(for: compiled.graph)
    let trace = compiled.graph.decideTracing(&facts, in: &scratch)
    #expect(trace.outcome == .route(RouteID(1), task: TaskID(0)))
    #expect(trace.route == compiled.graph.root(of: .route(RouteID(1))))
    #expect(trace.task == compiled.graph.root(of: .task(TaskID(0))))
    #expect(trace.values == facts.values)
    let route = compiled.graph.reason(for: .route(RouteID(1)), &facts, in: &scratch)
    #expect(route?.tests.map(\.observed) == [.label(0)])
    let task = compiled.graph.reason(for: .task(TaskID(0)), &facts, in: &scratch)
    #expect(task?.truth == .yes)
  }

  /// The classifier is asked only while the decision hangs on it.
  @Test(arguments: [
    ("subject = law", "needs subject"), ("subject = law and stream", "otherwise"),
    ("subject = law or plan = free", "r"), ("subject in (law, art)", "r"),
    ("stream or (tone = rude and subject = law)", "needs tone"),
    ("risk >= 1", "r"), ("risk >= 2", "needs subject"), ("risk < 1", "otherwise"),
    ("task = legal", "needs subject"), ("task in (legal, rest)", "r"), ("task = odd", "otherwise"),
  ])
  func `asks for a classifier only if the decision depends on it`(
    _ condition: String, _ expected: String
  ) throws {
    let compiled = try Compiled(
      """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      classifier subject : law | art { reads question ask small "?" on failure art }
      classifier tone : kind | rude { reads question ask small "?" on failure kind }
      points risk { 1 when plan = free 2 when subject = law }
      task odd when stream
      task legal when subject = law
      task rest otherwise
      route r when \(condition) { use small }
      otherwise { use large }

      """)
    var facts = try compiled.graph.facts(of: SampleRequest.make("hi"))
    var scratch = Scratch(for: compiled.graph)
    switch compiled.graph.decide(&facts, in: &scratch) {
    case .route(let route, _): #expect(compiled.policy[route].name == expected)
    case .needs(let classifier):
      #expect("needs " + compiled.policy[classifier].name == expected)
      facts.settle(classifier, label: 0)
      #expect(facts.label(of: classifier) == 0)
    case .unreadable: Issue.record("nothing to scan")
    }
  }
}
