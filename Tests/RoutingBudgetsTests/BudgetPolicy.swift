import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingCatalog
import RoutingRuntime

/// A policy compiled from text, with a catalog of one model.
struct BudgetPolicy {
  let graph: DecisionGraph
  let decider: Decider

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  static let catalog = """
    currency: USD
    providers:
      openai:
        adapter: openai
        base_url: https://api.openai.com/v1
        key_env: OPENAI_API_KEY
        region: us
    models:
      small:
        provider: openai
        upstream: small-1
        window: 128k
        max_output: 16k
        price: {input: 1.00, output: 2.00}
    """

  init(_ text: String) throws {
    let read = CatalogReader.read(
      SourceFile(id: SourceID(1), path: "catalog.yaml", text: Self.catalog))
    guard let vocabulary = read.value?.vocabulary, !read.diagnostics.hasErrors else {
      throw Refused(description: "\(read.diagnostics.map(\.message))")
    }
    let parsed = PolicyParser.parse(SourceFile(path: "policy.rung", text: text))
    let checked = PolicyChecker.check(files: [parsed.value], vocabulary: vocabulary, files: [:])
    guard let sound = checked.value else {
      let all = parsed.diagnostics + checked.diagnostics
      throw Refused(description: "\(all.map(\.message))")
    }
    graph = try DecisionGraph(sound)
    decider = Decider(graph)
  }
}
