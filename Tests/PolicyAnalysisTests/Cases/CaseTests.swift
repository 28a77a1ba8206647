import PolicyAnalysis
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingRuntime
import RoutingTestSupport
import Testing

@Suite struct `Cases` {
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    zone "UTC"
    facts { plan : free | pro = free  seats : count = 1 }
    classifier subject : law | other { reads question ask m "Which?" on failure other }
    budget daily = $20 per tenant per day
    task legal when subject = law
    task rest otherwise
    route refunds when prompt mentions ("refund", "money back") and plan = pro { use m }
    route crowded when seats >= 50 { refuse "too many" }
    route spent when daily.used >= 80% { use n }
    route late when hour >= 22 or weekday = sunday { use n }
    route law when task = legal and prompt.tokens <= 40 { use big }
    route dead when plan = pro and prompt mentions ("refund") { use m }
    otherwise { use m }
    """

  @Test func `every case passes when it is pasted`() throws {
    let graph = try SamplePolicy(Self.policy).graph
    var finder = CaseFinder(Decider(graph), reading: BodyReading.request)
    let found = finder.cases()
    let pasted = CaseText(found, graph.policy).text
    let again = try SamplePolicy(Self.policy + "\n" + pasted).graph
    #expect(again.policy.tests.count == found.cases.count)
    let source = SourceFile(
      id: SourceID(0), path: "p", bytes: Array(("rung 1\n\n" + pasted).utf8))
    #expect(PolicyFormatter.format(PolicyParser.parse(source).value) == "rung 1\n\n" + pasted)
    let runner = PolicyTestRunner(Decider(again)) { _ in .failure(.init("there are no files")) }
    for result in runner.run() { #expect(result.passed, "\(result.title): \(result.failures)") }
  }

  @Test func `what is next to a route goes elsewhere`() throws {
    let graph = try SamplePolicy(Self.policy).graph
    var finder = CaseFinder(Decider(graph), reading: BodyReading.request)
    let titles = finder.cases().cases.map(\.title)
    for title in [
      "crowded: just below, seats = 49 goes to otherwise",
      "late: just below, hour = 21 goes to otherwise",
      "law: just above, prompt.tokens = 41 goes to otherwise",
      "refunds: plan = free goes to otherwise",
      "late: weekday = monday goes to otherwise",
    ] {
      #expect(titles.contains(title), "\(titles)")
    }
  }

  @Test func `a request without a required fact is a case, and is refused for it`() throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      facts { team : a | b required  plan : free | pro = free  site : text required }
      route first when team = a { use m }
      otherwise { use n }

      """
    let graph = try SamplePolicy(policy).graph
    var finder = CaseFinder(Decider(graph), reading: BodyReading.request)
    let found = finder.cases()
    let titles = found.cases.map(\.title)
    #expect(titles.contains("without team") && titles.contains("without site"), "\(titles)")
    #expect(!titles.contains("without plan"))
    let again = try SamplePolicy(policy + CaseText(found, graph.policy).text).graph
    let results = PolicyTestRunner(Decider(again)) { _ in .failure(.init("no files")) }.run()
    #expect(results.count == found.cases.count)
    for result in results { #expect(result.passed, "\(result.title): \(result.failures)") }
  }

  @Test(arguments: [0x0ca5_0001, 0x0ca5_0002] as [UInt64])
  func `every case of generated policies passes when it is pasted`(seed: UInt64) throws {
    var seeds = SplitMix(state: seed)
    var blocks = 0
    var policies = 0
    while policies < 30 {
      let policySeed = seeds.next()
      var generator = OracleGenerator(seed: policySeed)
      let text = generator.head() + generator.routes().joined() + "otherwise { use m }\n"
      guard let graph = try? SamplePolicy(text).graph else { continue }
      policies += 1
      var finder = CaseFinder(Decider(graph), reading: BodyReading.request)
      let found = finder.cases()
      let pasted = found.cases.compactMap { $0.text(in: graph.policy) }.joined(separator: "\n")
      let again = try SamplePolicy(text + "\n" + pasted).graph
      let runner = PolicyTestRunner(Decider(again)) { _ in .failure(.init("no files")) }
      for result in again.policy.tests.map({ runner.run($0) }) {
        #expect(
          result.passed,
          "policy seed 0x\(String(policySeed, radix: 16)): \(result.title): \(result.failures)")
      }
      blocks += found.cases.count
    }
    SharedData.say("seed 0x\(String(seed, radix: 16)): \(policies) policies, \(blocks) cases")
    #expect(blocks >= policies * 3)
  }

  @Test func `both sides of a number are there, and a dead route is named`() throws {
    let graph = try SamplePolicy(Self.policy).graph
    var finder = CaseFinder(Decider(graph), reading: BodyReading.request)
    let found = finder.cases()
    let titles = found.cases.map(\.title)
    for title in ["late: hour = 21", "law: prompt.tokens = 40", "refunds", "otherwise"] {
      #expect(titles.contains(title), "\(titles)")
    }
    #expect(found.without.contains { $0.title == "dead" && $0.reason == .unreachable })
  }
}
