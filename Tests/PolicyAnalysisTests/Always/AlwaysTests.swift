import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRuntime
import Testing

@Suite struct `Promises about all requests` {
  /// `m` and `n` are cheap and have 32k windows; `big` has 128k and costs more.
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    facts { plan : free | pro = free  seats : count = 1 }
    classifier subject : law | other { reads question ask m "Which?" on failure other }
    budget daily = $20 per tenant per day
    budget each = $0.05 per request when plan = pro
    limit calm = 5 requests per key per day
    gate fine = not refusal
    ladder steps(max_budget = $0.02) { tier m accept fine tier n accept fine tier big }
    guard near when plan = pro { only models where model.region = eu }
    guard closed when seats > 100 { refuse "too many" }
    task legal when subject = law
    task rest otherwise
    route refunds when prompt mentions ("refund") { use steps fallback n }
    route long when prompt.tokens > 8k { use n fallback big }
    route named when model != "auto" { use requested fallback m }
    route trial when stream { split by user { 90% use m 10% use big } }
    otherwise { use m fallback n }
    """

  struct Promise: CustomTestStringConvertible {
    let text: String
    let holds: Bool?
    var testDescription: String { text }
  }

  static let promises = [
    Promise(text: "when prompt mentions (\"refund\") { route = refunds }", holds: true),
    Promise(text: "when prompt mentions (\"refunds\") { route = refunds }", holds: false),
    Promise(text: "when plan = pro { first.region = eu }", holds: true),
    Promise(text: "when plan = free { first.region = eu }", holds: false),
    Promise(text: "when subject = law { task = legal }", holds: true),
    Promise(text: "when seats >= 101 { refused_by = closed }", holds: true),
    Promise(text: "when seats >= 100 { refused_by = closed }", holds: false),
    Promise(text: "when plan = pro { worst_cost <= $0.05 }", holds: true),
    Promise(text: "when plan = free { worst_cost <= $0.05 }", holds: false),
    Promise(text: "when prompt mentions (\"refund\") { calls <= 4 }", holds: true),
    Promise(text: "when prompt mentions (\"refund\") { calls <= 3 }", holds: false),
    Promise(text: "when stream and model = \"auto\" { first = m }", holds: false),
    Promise(text: "when prompt mentions (\"refund\") { first != big }", holds: true),
    // True, but for sizes at which only the dearest is paid: too close to tell apart.
    Promise(text: "when prompt mentions (\"refund\") { first = m }", holds: nil),
    Promise(text: "when model = \"big\" and prompt.tokens <= 4k { first != n }", holds: nil),
    // Images, formats and tools need what these models do not say they can.
    Promise(text: "when images > 0 { calls = 0 }", holds: true),
    Promise(text: "when plan = free and plan = pro { route = long }", holds: true),
    Promise(text: "when daily.used >= 100% { calls = 0 }", holds: true),
    Promise(text: "when daily.used >= 99% { calls = 0 }", holds: false),
    // What is refused costs nothing, whatever its plan would have called.
    Promise(text: "when calm.used >= 5 { worst_cost = $0 }", holds: true),
    Promise(text: "when calm.used >= 5 { expected_cost <= $0 }", holds: true),
    Promise(text: "when calm.used >= 4 { worst_cost <= $0 }", holds: false),
    Promise(text: "when seats > 100 { worst_cost = $0 }", holds: true),
    Promise(text: "when images > 0 { worst_cost = $0 }", holds: true),
    Promise(text: "when plan = free { worst_cost > $0 }", holds: false),
  ]

  @Test(arguments: promises)
  func `a promise is proved or refuted, and the refutation can be seen`(
    _ promise: Promise
  ) throws {
    let graph = try SamplePolicy(Self.policy + "\nalways \"p\" \(promise.text)").graph
    let decider = Decider(graph)
    switch AlwaysStudy(decider).verdict(on: 0) {
    case .proved: #expect(promise.holds == true)
    case .notDecided(let reason):
      #expect(promise.holds == nil, "\(reason.words(on: graph.policy.always[0], in: graph.policy))")
    case .refuted(let found):
      #expect(promise.holds == false)
      let decision = try decider.decide(found.request)
      let check = ExpectationCheck(ofAll: graph.policy, decision)
      #expect(graph.policy.always[0].expect.contains { check.problem(with: $0) != nil })
      var facts = try graph.facts(of: found.request)
      var scratch = Scratch(for: graph)
      #expect(graph.evaluate(.always(0), &facts, in: &scratch) == .yes)
    }
  }

  @Test(arguments: promises.filter { $0.holds == true })
  func `what is proved withstands an attack`(_ promise: Promise) throws {
    let graph = try SamplePolicy(Self.policy + "\nalways \"p\" \(promise.text)").graph
    for seed in UInt64(1)...3 {
      let result = PolicyTestRunner.attack(on: 0, of: Decider(graph), seed: seed, samples: 300)
      #expect(result.passed, "seed \(seed)")
    }
  }

  @Test func `a condition nothing meets promises nothing`() throws {
    let graph = try SamplePolicy(
      Self.policy + "\nalways \"p\" when plan = free and plan = pro { route = long }"
    ).graph
    guard case .proved(let proof) = AlwaysStudy(Decider(graph)).verdict(on: 0) else {
      Issue.record("it holds of no request, so it holds")
      return
    }
    #expect(proof.isVacuous)
  }
}
