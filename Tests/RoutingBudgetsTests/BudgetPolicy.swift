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
    reference_tokenizer: qwen
    providers:
      here: {base_url: "http://127.0.0.1:1/v1", key_env: HERE_KEY}
    models:
      small:
        provider: here
        region: eu
        window: 8k
        max_output: 4k
        tokenizer: qwen
        prices: {input: 1, output: 2}
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
