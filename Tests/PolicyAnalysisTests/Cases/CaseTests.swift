import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRuntime
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
    var finder = CaseFinder(Decider(graph))
    let found = finder.cases()
    let pasted = found.cases.map { $0.text(in: graph.policy) }.joined(separator: "\n")
    let again = try SamplePolicy(Self.policy + "\n" + pasted).graph
    #expect(again.policy.tests.count == found.cases.count)
    let runner = PolicyTestRunner(Decider(again)) { _ in .failure(.init("there are no files")) }
    for result in runner.run() { #expect(result.passed, "\(result.title): \(result.failures)") }
  }

  @Test func `both sides of a number are there, and a dead route is named`() throws {
    let graph = try SamplePolicy(Self.policy).graph
    var finder = CaseFinder(Decider(graph))
    let found = finder.cases()
    let titles = found.cases.map(\.title)
    for title in ["late: hour = 21", "law: prompt.tokens = 40", "refunds", "otherwise"] {
      #expect(titles.contains(title), "\(titles)")
    }
    #expect(found.without.contains { $0.title == "dead" && $0.reason == .unreachable })
  }
}
