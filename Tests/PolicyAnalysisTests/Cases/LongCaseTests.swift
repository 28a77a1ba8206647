import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRuntime
import Testing

@Suite struct `Cases with a long text` {
  private static let policy = """
    rung 1
    catalog "catalog.yaml"
    zone "UTC"
    facts { plan : free | pro = free  team : a | b = a from header "x-team" }
    budget daily = $20 per day
    route long when prompt.tokens >= 4k { use big }
    route spent when daily.used >= 80% and prompt.tokens >= 1k { use n }
    route ours when team = b and prompt.tokens >= 2k { use n }
    route late when hour >= 22 and prompt.tokens >= 3k { use n }
    route pros when plan = pro and prompt.tokens >= 500 { use n }
    otherwise { use m }
    """

  private static func cases() throws -> (PolicyCases, Decider) {
    let decider = Decider(try SamplePolicy(policy).graph)
    var finder = CaseFinder(decider, reading: BodyReading.request)
    return (finder.cases(), decider)
  }

  @Test func `are listed by name`() throws {
    let (found, decider) = try Self.cases()
    let printed = CaseText(found, decider.graph.policy)
    #expect(printed.files.isEmpty)
    #expect(printed.text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 400 })
    let long = printed.text.split(separator: "\n").filter {
      $0.hasPrefix("# long: needs a question")
    }
    #expect(long.allSatisfy { $0.hasSuffix(" characters; `--files DIR` writes it to a file") })
    #expect(long.count == 1, "\(printed.text)")
  }

  @Test func `pass when they are read from files, with what no file says beside them`() throws {
    let (found, decider) = try Self.cases()
    let printed = CaseText(found, decider.graph.policy, folder: "requests")
    let names = Set(printed.files.map(\.name))
    #expect(names.count >= 6 && names.count == printed.files.count, "\(printed.text)")
    for file in printed.files { #expect(printed.text.contains("\"requests/\(file.name)\"")) }
    for wanted in [".json\" { team = ", ".json\" { hour = 22 }"] {
      #expect(printed.text.contains(wanted), "\(printed.text)")
    }
    #expect(printed.text.contains("given   { daily.used = "), "\(printed.text)")
    try Self.expectPassing(Self.policy, CaseText(found, decider.graph.policy, folder: ""))
  }

  @Test func `that no file can be read of are listed`() throws {
    let decider = Decider(try SamplePolicy(Self.policy).graph)
    var finder = CaseFinder(decider) { _ in nil }
    let printed = CaseText(finder.cases(), decider.graph.policy, folder: "")
    #expect(printed.files.isEmpty && !printed.text.contains("  request file"))
    #expect(printed.text.contains("# long: written as a test, the request is decided otherwise"))
  }

  @Test func `stand in a file where only a body says which tools and whose messages they are`()
    throws
  {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      facts { plan : free | pro = free }
      route agents when tools has "search_web" and plan = pro { use big }
      route both when tools has ("edit", "run") and not (tools has "search_web") { use n }
      route third when turn >= 3 { use n }
      otherwise { use m }
      """
    let decider = Decider(try SamplePolicy(policy).graph)
    var finder = CaseFinder(decider, reading: BodyReading.request)
    let found = finder.cases()
    #expect(found.without.isEmpty, "\(found.without)")
    #expect(
      CaseText(found, decider.graph.policy).text.contains(
        "# agents: needs the names of its tools; `--files DIR` writes it to a file\n"))
    let printed = CaseText(found, decider.graph.policy, folder: "")
    #expect(printed.text.contains("request file \"agents.json\"\n"), "\(printed.text)")
    try Self.expectPassing(policy, printed)
  }

  /// Every test as it is printed, with its files beside the policy.
  private static func expectPassing(_ policy: String, _ printed: CaseText) throws {
    let graph = try printed.pasted(into: policy)
    #expect(!graph.policy.tests.isEmpty)
    for result in BodyReading.runner(Decider(graph)).run() {
      #expect(result.passed, "\(result.title): \(result.failures)")
    }
  }
}
