import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax

/// A policy of facts only, checked and lowered.
struct KeyPolicy {
  let policy: CheckedPolicy
  let graph: DecisionGraph

  struct Refused: Error { let messages: [String] }

  /// `facts` are the lines between the braces.
  init(facts: String) throws {
    let text = "rung 1\ncatalog \"catalog.yaml\"\nfacts {\n\(facts)\n}\notherwise { use small }\n"
    let source = SourceFile(id: SourceID(0), path: "policy.rung", text: text)
    let parsed = PolicyParser.parse(source)
    let vocabulary = Vocabulary(
      models: [
        ModelEntry(
          name: "small", deployments: [Deployment(provider: "house", region: "eu")],
          window: 8_000, maxOutput: 1_000)
      ])
    let checked = PolicyChecker.check(files: [parsed.value], vocabulary: vocabulary)
    let found = parsed.diagnostics + checked.diagnostics
    guard let policy = checked.value, !found.hasErrors else {
      throw Refused(messages: found.map(\.message))
    }
    self.policy = policy
    graph = try DecisionGraph(policy)
  }

  /// One fact of each origin.
  static func mixed() throws -> KeyPolicy {
    try KeyPolicy(
      facts: """
        plan   : free | pro = free
        team   : search | support required from key
        cohort : stable | beta = stable from header "X-Cohort"
        """)
  }
}
