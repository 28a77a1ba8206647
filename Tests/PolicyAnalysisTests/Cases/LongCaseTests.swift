import OpenAIWire
import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime
import RoutingTestSupport
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
    var finder = CaseFinder(decider)
    return (finder.cases(), decider)
  }

  private static func read(_ file: CaseFile) throws -> RequestInput {
    RequestInput(try ChatRequest(Array(file.body.utf8)), moment: PolicyTestRunner.moment)
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
    let policy = decider.graph.policy
    let printed = CaseText(found, policy, folder: "requests") { one, file in
      (try? Self.read(file)).map { one.agrees(with: $0, decider) } ?? false
    }
    let names = Set(printed.files.map(\.name))
    #expect(names.count >= 6 && names.count == printed.files.count, "\(printed.text)")
    for file in printed.files { #expect(printed.text.contains("\"requests/\(file.name)\"")) }
    for wanted in [".json\" { team = ", ".json\" { hour = 22 }"] {
      #expect(printed.text.contains(wanted), "\(printed.text)")
    }
    #expect(!printed.text.contains("decided otherwise"), "\(printed.text)")
    #expect(printed.text.contains("given   { daily.used = "), "\(printed.text)")
    // A request decided otherwise is noticed.
    let long = try #require(found.cases.first { $0.title == "long" })
    let plain = RequestInput(moment: PolicyTestRunner.moment)
    #expect(!long.agrees(with: plain, decider), "\(long.title)")
  }

  @Test func `that read otherwise from a file are listed`() throws {
    let (found, decider) = try Self.cases()
    let printed = CaseText(found, decider.graph.policy, folder: "") { _, _ in false }
    #expect(printed.files.isEmpty && !printed.text.contains("  request file"))
    #expect(printed.text.contains("and read from a file is decided otherwise"))
  }
}
