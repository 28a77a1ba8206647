import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingCatalog
import RoutingLedger
import RoutingRuntime

/// A policy over three files and the rows it makes.
struct KeptPolicy {
  let loaded: LoadedPolicy
  let graph: DecisionGraph
  let decider: Decider

  struct Refused: Error {
    let messages: [String]
  }

  static let catalog = """
    currency: USD
    reference_tokenizer: qwen
    providers:
      here: {base_url: "http://127.0.0.1:1/v1", key_env: HERE_KEY}
    models:
      small:
        provider: here
        window: 8k
        max_output: 4k
        tokenizer: qwen
        prices: {input: 1, output: 2}
      large:
        provider: here
        window: 100k
        max_output: 8k
        tokenizer: openai
        prices: {input: 10, output: 50}
    """

  static let policy = """
    rung 1
    catalog "catalog.yaml"
    import "shared/words.rung"
    task billing when angry
    task rest otherwise
    route hard when task = billing { append system file "prompts/kind.txt"  use large }
    otherwise { use small }
    """

  static let files = [
    "team/policy.rung": policy,
    "team/catalog.yaml": catalog,
    "team/shared/words.rung":
      "rung 1\ncondition angry = prompt mentions (\"refund\", \"money back\")\n",
    "team/prompts/kind.txt": "Be kind.",
  ]

  init(_ files: [String: String] = Self.files) throws {
    try self.init(path: "team/policy.rung") { files[$0].map { Array($0.utf8) } }
  }

  init(path: String, read: (String) -> [UInt8]?) throws {
    loaded = Self.load(path: path, read: read)
    guard let checked = loaded.checked else {
      throw Refused(messages: loaded.diagnostics.map(\.message))
    }
    graph = try DecisionGraph(checked)
    decider = Decider(graph)
  }

  static func load(path: String, read: (String) -> [UInt8]?) -> LoadedPolicy {
    PolicyLoader.load(
      path: path, read: read,
      catalog: { file in
        let catalog = CatalogReader.read(file)
        return (catalog.value?.vocabulary, catalog.diagnostics)
      })
  }

  /// What a command makes of kept files.
  static func graph(of sources: PolicySources) -> (graph: DecisionGraph, path: String)? {
    let again = load(path: sources.path) { sources.bytes(of: $0) }
    guard let checked = again.checked, let graph = try? DecisionGraph(checked) else { return nil }
    return (graph, sources.path)
  }

  func input(_ question: String) -> RequestInput { RequestInput.plain(question) }

  /// The row of a request that was decided under this policy.
  func row(_ question: String) throws -> LedgerEntry {
    let input = input(question)
    let decision = try decider.decide(input)
    let time = Timestamp(milliseconds: 1_795_262_400_123)
    var entry = LedgerEntry(
      id: RequestID(at: time, random: (7, 8)), time: time, status: .answered, currency: "USD",
      cost: .exact(Money(nanos: 123_000)))
    let prints = decider.frozen.fingerprints
    entry.fingerprints = .init(policy: prints.policy, catalog: prints.catalog)
    entry.route = decision.route.map { graph.policy[$0].name }
    entry.task = decision.task.map { graph.policy[$0].name }
    entry.modelServed = "large"
    entry.facts = try decider.record(decision, of: input)
    return entry
  }
}
