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

@Suite struct `Mistakes made in a policy` {
  @Test(arguments: [
    ("4k", 1, "4001"), ("4k tokens", -1, "3999 tokens"), ("1.5k", 1, "1501"),
    ("$0.05", 1, "$0.06"), ("EUR 0.05", -1, "EUR 0.04"), ("60s", -1, "59s"), ("50%", 1, "51%"),
    ("0.8", 1, "0.9"), ("0.80", -1, "0.79"), ("1", -1, "0"), ("1.2345k", 1, "1234.6"),
    ("2M", -1, "1999999"), ("$1 per 1M tokens", 1, "$2 per 1M tokens"),
  ])
  func `a number is shifted in the last place it is written to`(
    text: String, step: Int64, expected: String
  ) {
    #expect(ShiftedNumber.text(text, by: step) == expected)
  }

  @Test(arguments: ["0", "$0.00", "none", "9223372036854775807", "9300000000000000M"])
  func `a number that cannot be shifted both ways is left alone there`(text: String) {
    let both = [1, -1].map { ShiftedNumber.text(text, by: $0) }
    #expect(both.contains(nil))
  }

  @Test(arguments: [
    (#"prompt matches /\bcat\b/"#, #"prompt matches /\bcat\b/"#),
    (#"prompt mentions "cat""#, "prompt mentions cat"),
    (#"prompt contains "a \"b\" c:\\d""#, #"prompt contains a \"b\" c:\\d"#),
  ])
  func `a title keeps the backslashes of what was changed`(text: String, title: String) {
    #expect(Mutant.short(text) == title)
  }

  @Test func `each small mistake is made once`() {
    let text = """
      rung 1
      condition urgent = prompt mentions ("now", "today") or not stream
      gate sure = judge(n, "Good?")
      gate long = length >= 20 chars
      ladder rise(max_budget = $0.50) { tier m accept sure >= 0.8 tier n }
      @allow(guard_on_caller_fact, reason: "ours")
      guard near when stream { only models where model.region = eu drop tools }
      route first when urgent and seats > 5 { cache exact for 1h per user use rise fallback n }
      route second when stream { use m }
      otherwise { use m max_output 2k tokens }
      test "left alone" { request { seats = 7 } expect { calls = 3 } }
      """
    let file = PolicyParser.parse(SourceFile(path: "policy.rung", text: text)).value
    let mutants = MutantFinder.mutants(of: file)
    #expect(
      mutants.map { "\($0.change.rawValue): \(Self.short($0.before)) -> \(Self.short($0.after))" }
        == [
          "dropped_condition: prompt mentions (\"now\", \"t… -> ",
          "swapped_connective: prompt mentions (\"now\", \"t… -> and",
          "dropped_condition: \"now\" -> ",
          "dropped_condition: \"today\" -> ",
          "dropped_condition: not stream -> ",
          "dropped_not: not stream -> ",
          "dropped_condition: length >= 20 chars -> ",
          "shifted_number: 20 chars -> 21 chars",
          "shifted_number: 20 chars -> 19 chars",
          "shifted_number: $0.50 -> $0.51",
          "shifted_number: $0.50 -> $0.49",
          "removed_tier: tier m accept sure >= 0.8 -> ",
          "reordered_tiers: tier m accept sure >= 0.8 -> tier n",
          "shifted_number: 0.8 -> 0.9",
          "shifted_number: 0.8 -> 0.7",
          "removed_tier: tier n -> ",
          "removed_guard: guard near when stream { o… -> ",
          "dropped_condition: stream -> ",
          "removed_guard: only models where model.re… -> ",
          "removed_guard: drop tools -> ",
          "removed_route: route first when urgent an… -> ",
          "reordered_routes: route first when urgent an… -> route second when stream {…",
          "dropped_condition: urgent -> ",
          "swapped_connective: urgent and seats > 5 -> or",
          "dropped_condition: seats > 5 -> ",
          "shifted_number: 5 -> 6",
          "shifted_number: 5 -> 4",
          "shifted_number: 1h -> 2h",
          "shifted_number: 1h -> 0h",
          "widened_scope: user -> shared",
          "removed_fallback: fallback n -> ",
          "removed_route: route second when stream {… -> ",
          "dropped_condition: stream -> ",
          "shifted_number: 2k tokens -> 2001 tokens",
          "shifted_number: 2k tokens -> 1999 tokens",
        ])
  }

  private static func short(_ text: String) -> String {
    text.count > 26 ? "\(text.prefix(26))…" : text
  }

  @Test(arguments: [20_261_211 as UInt64, 20_261_212])
  func `what is said of a mutant holds`(seed: UInt64) throws {
    var maker = PairMaker(random: SplitMix(state: seed))
    var tally: [String: Int] = [:]
    for round in 0..<5 {
      let text = maker.policy().text + "\n" + Self.tests
      let source = SourceFile(path: "policy.rung", text: text)
      let graph = try SamplePolicy(text).graph
      let decider = Decider(graph)
      let titles = graph.policy.tests.map(\.title)
      let study = MutationStudy(
        decider,
        .init(
          titles: titles, always: Array(graph.policy.always.indices),
          requests: BodyReading.runner(decider).run().map { $0.passed ? $0.request : nil }
        ) { Self.failing($0).contains(titles[$1]) },
        reading: BodyReading.request)
      let firstFailing = Self.failing(decider)
      guard firstFailing.isEmpty else { continue }
      for mutant in MutantFinder.mutants(of: PolicyParser.parse(source).value) {
        let changed = String(decoding: mutant.bytes(of: source), as: UTF8.self)
        let mutated = try? SamplePolicy(changed).graph
        let fate = mutated.map { study.fate(of: mutant, $0) } ?? .rejected
        tally[Self.name(fate), default: 0] += 1
        let about = "seed \(seed), round \(round): \(mutant.before) -> \(mutant.after) in\n\(text)"
        switch fate {
        case .killed(let title):
          #expect(try Self.failing(Decider(#require(mutated))).contains(title), "\(about)")
        case .rejected: #expect(mutated == nil, "\(about)")
        case .survived(let found):
          // The test as it is printed, in the policy and in the mutant.
          let printed = CaseText(PolicyCases(cases: [found]), graph.policy, folder: "")
          let block = printed.text
          let passing = try printed.pasted(into: text)
          #expect(Self.failing(Decider(passing)).isEmpty, "\(about)\n\(block)")
          // A test that names what the mutant has not is noticed before it runs.
          guard let noticed = try? printed.pasted(into: changed) else {
            #expect(Self.isOfNames(mutant.change), "\(about)\n\(block)")
            continue
          }
          #expect(Self.failing(Decider(noticed)) == [found.title], "\(about)\n\(block)")
        case .equivalent:
          try Self.attack(decider, Decider(#require(mutated)), seed, about)
        case .beyondTests, .notDecided: continue
        }
      }
    }
    for (fate, least) in ["killed": 5, "survived": 30, "equivalent": 3] {
      #expect(tally[fate, default: 0] >= least, "seed \(seed): \(tally)")
    }
  }

  /// Whether it takes away what a test may name.
  private static func isOfNames(_ change: Mutant.Change) -> Bool {
    change == .removedRoute || change == .removedGuard
  }

  private static let tests = """
    test "a refund of the free plan" {
      request { question = "refund" }
      expect  { worst_cost <= $1 }
    }
    test "a code of many seats" {
      request { question = "please debug this" seats = 12 plan = pro }
      expect  { task = code }
    }
    """

  private static func failing(_ decider: Decider) -> [String] {
    BodyReading.runner(decider).run().filter { !$0.passed }.map(\.title)
  }

  /// Each mistake of a policy without tests, with what becomes of it: `survived: seats > 5 -> 6`.
  private static func fates(_ text: String) throws -> [String: MutationFindings.Fate] {
    let policy = head + text
    let source = SourceFile(path: "policy.rung", text: policy)
    let study = MutationStudy(
      Decider(try SamplePolicy(policy).graph), .init(titles: []) { _, _ in false },
      reading: BodyReading.request)
    var fates: [String: MutationFindings.Fate] = [:]
    for mutant in MutantFinder.mutants(of: PolicyParser.parse(source).value) {
      let graph = try? SamplePolicy(String(decoding: mutant.bytes(of: source), as: UTF8.self)).graph
      fates["\(mutant.before) -> \(mutant.after)"] =
        graph.map { study.fate(of: mutant, $0) } ?? .rejected
    }
    return fates
  }

  @Test(arguments: [
    (
      "names of tools",
      "route agents when tools has (\"edit\", \"run\") { use n }\notherwise { use m }",
      "\"edit\" -> "
    ),
    ("many messages", "route late when turn >= 3 { use n }\notherwise { use m }", "3 -> 2"),
    (
      "a long prompt", "route long when prompt.tokens >= 4k { use n }\notherwise { use m }",
      "4k -> 4001"
    ),
    (
      "many answers", "ladder rise(max_budget = $0.05) { tier m tier big }\notherwise { use rise }",
      "$0.05 -> $0.06"
    ),
  ])
  func `a mistake that only a request in a file shows survives, with the test and its file`(
    what: String, policy: String, mistake: String
  ) throws {
    let fate = try #require(try Self.fates(policy)[mistake])
    guard case .survived(let found) = fate else {
      Issue.record("\(what): \(fate)")
      return
    }
    #expect(found.body != nil, "\(what)")
    try Self.expectPassing(found, policy)
  }

  @Test(arguments: [
    (
      "limit", "limit rate = 60 requests per key per minute\notherwise { use m }",
      "60 requests -> 59 requests"
    ),
    ("budget", "budget house = $20 per month\notherwise { use m }", "$20 -> $19"),
    (
      "bound that refuses",
      "ladder rise(max_budget = $0.01) { tier big min_output 4k tokens }\notherwise { use rise }",
      "$0.01 -> $0.02"
    ),
    (
      "fallback in an arm",
      "route a when stream { split by user { 99% use m 1% use n fallback big } }\notherwise { use m }",
      "fallback big -> "
    ),
    (
      "fallback in an arm that goes by the request",
      "route a when stream { split by request { 50% use m 50% use n fallback big } }\notherwise { use m }",
      "fallback big -> "
    ),
    (
      "limit where the plainest request is refused",
      "limit rate = 60 requests per key per minute\nroute a when stream { use m }\notherwise { refuse \"no\" }",
      "60 requests -> 61 requests"
    ),
    (
      "budget where the plainest request is refused",
      "facts { plan : none | pro = none }\nbudget house = $20 per month\nguard closed when plan = none { refuse \"no\" }\notherwise { use m }",
      "$20 -> $21"
    ),
    (
      "threshold of a gate behind a guard that reads a classifier",
      "classifier subject : law | other { reads question ask n \"Which?\" on failure law }\ngate sure = judge(big, \"Good?\")\nguard near when subject = law { only models where model.name != m }\nladder rise { tier m accept sure >= 0.8 tier big }\notherwise { use rise }",
      "0.8 -> 0.9"
    ),
    (
      "tier behind a guard that reads a classifier",
      "classifier subject : law | other { reads question ask n \"Which?\" on failure law }\ngate sure = judge(big, \"Good?\")\nguard near when subject = law { only models where model.name != m }\nladder rise { tier m accept sure >= 0.8 tier big }\notherwise { use rise }",
      "tier m accept sure >= 0.8 -> "
    ),
    (
      "guard",
      "facts { plan : none | pro = none }\nguard closed when plan = none { refuse \"no\" }\notherwise { use m }",
      "guard closed when plan = none { refuse \"no\" } -> "
    ),
    (
      "condition of a guard",
      "facts { plan : none | pro = none }\nguard closed when plan = none { refuse \"no\" }\notherwise { use m }",
      "plan = none -> "
    ),
    (
      "guard that keeps one of two places",
      "facts { plan : none | pro = pro }\nguard near when plan = none { only models where model.region = us }\notherwise { use wide }",
      "guard near when plan = none { only models where model.region = us } -> "
    ),
    (
      "condition of a route",
      "route a when stream { use n }\notherwise { use m }",
      "stream -> "
    ),
    (
      "route that does what the next one does",
      "route a when stream { use m }\notherwise { use m }",
      "route a when stream { use m } -> "
    ),
  ])
  func `a mistake that a test can show survives`(
    what: String, policy: String, mistake: String
  ) throws {
    let fates = try Self.fates(policy)
    let fate = try #require(fates[mistake], "\(what): \(fates.keys)")
    guard case .survived(let found) = fate else {
      Issue.record("\(what): \(fate)")
      return
    }
    try Self.expectPassing(found, policy)
  }

  /// A bound that pays for no call of most requests pays for that of one who asks for a token.
  @Test func `a tier some request pays for is not beyond tests`() throws {
    let policy =
      "ladder rise(max_budget = $0.000001) { tier m tier n }\notherwise { use rise }"
    let fate = try #require(try Self.fates(policy)["tier m -> "])
    if case .beyondTests(.unpaid) = fate { Issue.record("\(fate)") }
  }

  /// A test as it is printed passes for the policy it is of.
  private static func expectPassing(_ found: PolicyCase, _ text: String) throws {
    let policy = head + text
    let printed = CaseText(
      PolicyCases(cases: [found]), try SamplePolicy(policy).graph.policy, folder: "")
    #expect(failing(Decider(try printed.pasted(into: policy))).isEmpty, "\(printed.text)")
  }

  private static let head = "rung 1\ncatalog \"catalog.yaml\"\n"

  @Test(arguments: [
    (
      UnseenMatter.times, "ladder rise(max_time = 40s) { tier m tier n }\notherwise { use rise }",
      "40s -> 41s"
    ),
    (.caches, "otherwise { cache exact for 1h per user use m }", "user -> shared"),
    (
      .gates,
      "gate ok = length >= 20 chars\nladder rise { tier m accept ok tier n }\notherwise { use rise }",
      "20 chars -> 21 chars"
    ),
    (.parameters, "otherwise { set temperature 0 use m }", "0 -> 1"),
    (
      .places,
      "facts { plan : none | pro = pro }\nguard near when plan = none { only models where model.region = us }\notherwise { use wide }",
      "plan = none -> "
    ),
    (
      .unpaid,
      "ladder rise(max_budget = $0.000000001) { tier m tier n }\notherwise { use rise }",
      "tier m -> "
    ),
    (
      .unpaid,
      "ladder rise(max_budget = $0.000000001) { tier m tier n }\notherwise { use rise }",
      "tier m -> tier n"
    ),
    (.owners, "budget mine = $1 per user per day\notherwise { use m }", "user -> tenant"),
  ])
  func `only what no test can see is beyond tests, and is said to be`(
    matter: UnseenMatter, policy: String, mistake: String
  ) throws {
    let fates = try Self.fates(policy)
    let fate = try #require(fates[mistake], "\(matter): \(fates.keys)")
    guard case .beyondTests(matter) = fate else {
      Issue.record("\(matter): \(fate)")
      return
    }
  }

  /// What is proved to do the same does the same for made requests.
  private static func attack(
    _ policy: Decider, _ mutant: Decider, _ seed: UInt64, _ about: String
  ) throws {
    let nothing = ClimbScript(policy.graph.policy)
    for route in policy.graph.policy.routes {
      guard let condition = route.condition else { continue }
      var sampler = RequestSampler(policy.graph.policy, aiming: condition, seed: seed)
      for _ in 0..<60 {
        let request = sampler.next()
        let before = TestableFacts(request, nothing, policy)
        let differing = before.differing(from: TestableFacts(request, nothing, mutant))
        #expect(differing.isEmpty, "\(about)\n\(differing)")
      }
    }
  }

  private static func name(_ fate: MutationFindings.Fate) -> String {
    switch fate {
    case .killed: "killed"
    case .survived: "survived"
    case .beyondTests: "beyond"
    case .equivalent: "equivalent"
    case .rejected: "rejected"
    case .notDecided: "not decided"
    }
  }
}
