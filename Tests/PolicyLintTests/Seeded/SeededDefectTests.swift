import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySource
import PolicyWorkspace
import RoutingCatalog
import Testing

/// Defects that routing languages accept without a word: each is found, at the text that has it,
/// by the check as a whole.
@Suite struct `Sixteen seeded defects` {
  struct Defect: CustomTestStringConvertible, Sendable {
    let name: String
    let code: String
    let policy: String

    init(_ name: String, _ code: String, _ policy: String) {
      self.name = name
      self.code = code
      self.policy = policy
    }

    var testDescription: String { name }
  }

  static let defects = [
    Defect(
      "a route below one that takes all of its requests", "shadowed_route",
      """
      route long when prompt.tokens >= 4k { use medium }
      route longer when ⟦prompt.tokens >= 8k⟧ { use large }
      otherwise { use small }
      """),
    Defect(
      "a condition that contradicts itself", "contradiction",
      """
      facts { plan : free | pro = free }
      route a when ⟦plan = pro and stream and plan = free⟧ { use medium }
      otherwise { use small }
      """),
    Defect(
      "no default", "missing_otherwise",
      """
      route a when stream { use medium }⟦⟧
      """),
    Defect(
      "a misspelt field", "unknown_name",
      """
      route a when ⟦prompt.token⟧ >= 4k { use medium }
      otherwise { use small }
      """),
    Defect(
      "a gate that accepts everything", "gate_always_accepts",
      """
      gate some = ⟦not (refusal and not refusal)⟧
      ladder steps {
        tier small accept some
        tier large
      }
      otherwise { use steps }
      """),
    Defect(
      "an empty keyword list", "expected_token",
      """
      route a when prompt mentions (⟦)⟧ { use medium }
      otherwise { use small }
      """),
    Defect(
      "a bad regular expression", "invalid_pattern",
      """
      route a when prompt matches /⟦(weather⟧/ { use medium }
      otherwise { use small }
      """),
    Defect(
      "a similar-answer cache on today's price", "time_sensitive_cache",
      """
      route prices when prompt mentions ("price today", "latest price") {
        cache similar >= 0.9 by minilm for ⟦1d⟧
        use medium
      }
      otherwise { use small }
      """),
    Defect(
      "a threshold against its direction", "wrong_direction",
      """
      gate good = judge(large, "Is it right?")
      ladder steps {
        tier small accept good ⟦<=⟧ 0.8
        tier medium
      }
      otherwise { use steps }
      """),
    Defect(
      "chars where tokens are counted", "wrong_unit",
      """
      route a when prompt.tokens >= ⟦500 chars⟧ { use medium }
      otherwise { use small }
      """),
    Defect(
      "a bound on money over an unknown price", "missing_price",
      """
      ladder steps(max_budget = $0.50) {
        tier ⟦unpriced⟧
      }
      otherwise { use steps }
      """),
    Defect(
      "a model that answers its own judge", "judge_of_own_family",
      """
      gate good = judge(small, "Is it right?")
      ladder steps {
        tier small accept ⟦good >= 0.8⟧
        tier large
      }
      otherwise { use steps }
      """),
    Defect(
      "a tier that cannot hold the prompt", "prompt_over_window",
      """
      route books when prompt.tokens >= 64k { use ⟦small⟧ }
      otherwise { use small }
      """),
    Defect(
      "a guard a caller can leave out", "guard_on_caller_fact",
      """
      facts { region : eu | us = us }
      guard stays when ⟦region = eu⟧ { only models where model.region = eu }
      otherwise { use medium }
      """),
    Defect(
      "an answer about one user, shared by all", "shared_personal_cache",
      """
      route mine when prompt has email {
        cache exact for 1h ⟦shared⟧
        use medium
      }
      otherwise { use small }
      """),
    Defect(
      "a promise some request breaks", "always_refuted",
      """
      facts { plan : free | pro = free }
      route paying when plan = pro or prompt.tokens >= 8k { use large }
      otherwise { use small }
      always "free is cheap" when plan = free { ⟦first.output_price <= $1 per 1M tokens⟧ }
      """),
  ]

  @Test(arguments: defects)
  func `is found at its place`(defect: Defect) throws {
    let sample = MarkedPolicy("rung 1\ncatalog \"catalog.yaml\"\n" + defect.policy)
    let found = WholeCheck(sample.text).diagnostics.filter { $0.code.rawValue == defect.code }
    let all = WholeCheck(sample.text).diagnostics.map { "\($0.code.rawValue) \($0.span)" }
    #expect(found.map { $0.span.start..<$0.span.end } == sample.expected, "\(all)")
    #expect(found.allSatisfy { $0.severity != .note })
  }

  @Test func `there are sixteen`() {
    #expect(Self.defects.count == 16)
    #expect(Set(Self.defects.map(\.code)).count == 16)
  }
}

/// What `rung check` reports of a policy: the checker's findings, and the rules' where it compiles.
private struct WholeCheck {
  let diagnostics: [Diagnostic]

  init(_ text: String) {
    let files = ["policy.rung": text, "catalog.yaml": seededCatalog]
    let loaded = PolicyLoader.load(
      path: "policy.rung",
      read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      },
      otherRules: LintRules.codes)
    guard let policy = loaded.checked, let graph = try? DecisionGraph(policy) else {
      diagnostics = loaded.diagnostics
      return
    }
    diagnostics =
      loaded.diagnostics + Linter.check(LintSubject(graph: graph, files: loaded.files))
  }
}

/// The sample's, with a model nobody has put a price on.
private let seededCatalog = sampleCatalog.replacing(
  "models:\n", with: "models:\n  unpriced: {provider: near, window: 32k, max_output: 8k}\n")
