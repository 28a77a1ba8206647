import PolicyCompiler
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyWorkspace
import SettingsReading
import Testing

@Suite struct `A policy compiled from files that a closure gives` {
  private static let files = [
    "team/policy.rung": """
    rung 1
    catalog "catalog.yaml"
    import "shared.rung"

    route greetings when greeting { use small }
    otherwise { use small }
    """,
    "team/shared.rung": """
    rung 1
    condition greeting = prompt mentions ("hello")
    """,
    "team/catalog.yaml": """
    currency: USD
    providers:
      here:
        base_url: http://127.0.0.1:1/v1
        key_env: HERE_KEY
    models:
      small:
        provider: here
        window: 8k
        max_output: 1k
        capabilities: [streaming]
        tokenizer: qwen
        prices: {input: 0.01, output: 0.02, date: 2026-11-21, source: "ours"}
    """,
  ]

  private static func compile(_ files: [String: String]) -> PolicyCompilation {
    PolicyCompilation(path: "team/policy.rung", today: nil) { files[$0].map { Array($0.utf8) } }
  }

  @Test func `a sound policy is ready to decide and keeps what it was made of`() throws {
    let compilation = Self.compile(Self.files)
    let errors = compilation.diagnostics.filter { $0.severity == .error }.map(\.message)
    #expect(errors == [])
    let compiled = try #require(compilation.compiled)
    #expect(compiled.kept.files.map(\.path).sorted() == Self.files.keys.sorted())
    let again = PolicyCompilation(compiled.kept)
    #expect(again.compiled?.policy.routes.map(\.name) == compiled.policy.routes.map(\.name))
  }

  @Test func `a policy with an error anywhere is not ready, and says where`() {
    var files = Self.files
    files["team/shared.rung"] = "rung 1\ncondition greeting = promt mentions (\"hello\")"
    let compilation = Self.compile(files)
    #expect(compilation.compiled == nil)
    #expect(compilation.graph == nil)
    #expect(compilation.firstError.hasPrefix("team/shared.rung:2:22: "))
  }

  @Test func `a policy whose file is not there is one finding`() {
    let compilation = PolicyCompilation(path: "none.rung", today: nil) { _ in nil }
    #expect(compilation.compiled == nil)
    #expect(compilation.diagnostics.hasErrors)
  }

  @Test func `the settings of a team change what a review shows`() {
    let compilation = Self.compile(Self.files)
    func found(_ settings: String?) -> [Severity] {
      let file = settings.map { PolicySources.File(path: "rung.yaml", bytes: Array($0.utf8)) }
      let review = PolicyReview(
        compilation, settings: file, rules: RuleFloors(pages: []), read: { _ in nil })
      return review.report.diagnostics.filter { $0.code.rawValue == "settings_unknown_rule" }
        .map(\.severity)
    }
    #expect(found(nil) == [])
    #expect(found("rules: { no_such_rule: off }").count == 1)
  }

  @Test func `a change that only breaks what a test names is told by its title`() {
    let policy = Self.files["team/policy.rung", default: ""]
    var files = Self.files
    files["team/policy.rung"] =
      policy + """

        test "a greeting has its own route" {
          request { question = "hello" }
          expect  { route = greetings }
        }
        """
    let compilation = Self.compile(files)
    func outcome(_ old: String, _ new: String) -> String {
      let bytes = files["team/policy.rung", default: ""].replacing(old, with: new).utf8
      switch compilation.changed("team/policy.rung", holding: Array(bytes)) {
      case .compiles: return "compiles"
      case .breaksTest(let title): return title
      case .doesNotCompile: return "does not compile"
      }
    }
    #expect(
      outcome("otherwise { use small }", "otherwise { use small max_output 2 tokens }")
        == "compiles")
    #expect(
      outcome("route greetings when greeting { use small }", "") == "a greeting has its own route")
    #expect(outcome("otherwise { use small }", "") == "does not compile")
    #expect(outcome("use small", "use large") == "does not compile")
  }
}
