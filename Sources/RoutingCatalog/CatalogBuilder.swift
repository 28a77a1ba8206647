import PolicyDiagnostics
import PolicySemantics
import PolicySource
import YAMLReading

/// One reading of a catalog: its sections are read in order, and findings collect on the way.
///
/// Each section is an extension beside this file.
struct CatalogBuilder {
  let file: SourceFile
  var problems: CatalogProblems
  var providers: [Provider] = []
  /// Every provider named in the file, those with mistakes too: no second finding for one mistake.
  var providerNames: Set<String> = []
  /// Providers whose `base_url` still says `fill_in`.
  var withoutAddress: Set<String> = []
  /// How each provider that could be read bills a call whose caller hung up.
  var billing: [String: BillsCancelled] = [:]
  /// What keeps back the model that is being read.
  var doubts: [SetAsideModel.Doubt] = []

  init(file: SourceFile, diagnostics: [Diagnostic]) {
    self.file = file
    problems = CatalogProblems(file: file, diagnostics: diagnostics)
  }

  /// The top of the file, or nil after saying that it is no catalog.
  mutating func root(_ node: YAMLNode?) -> Fields? {
    guard let node, node.scalar?.isAbsent != true else {
      if !problems.diagnostics.hasErrors {
        problems.report(
          .catalogEmpty, "this catalog is empty", at: node?.span ?? firstByte,
          note: "it needs `currency`, `providers` and `models`")
      }
      return nil
    }
    return fields(
      of: withoutKeys(node), "a catalog", at: firstByte,
      keys: ["currency", "reference_tokenizer", "providers", "models", "embedders"])
  }

  mutating func catalog(from root: Fields) -> Catalog {
    let currency = value(required(root, "currency"), .currency)
    let tokenizer = value(root["reference_tokenizer"], .choice(of: TokenizerFamily.self))
    problems.currency = currency
    readProviders(required(root, "providers"))
    let models = readModels(required(root, "models"))
    let embedders = readEmbedders(root["embedders"])
    let usable = models.filter(\.doubts.isEmpty)
    let usableEmbedders = embedders.filter(\.doubts.isEmpty)
    let held = models.filter { !$0.doubts.isEmpty }
    let heldEmbedders = embedders.filter { !$0.doubts.isEmpty }
    return Catalog(
      vocabulary: Vocabulary(
        currency: currency ?? "USD",
        models: usable.map(\.entry),
        embedders: usableEmbedders.map(\.entry),
        setAside: held.map { SetAsideModel(name: $0.entry.name, doubts: $0.doubts) }
          + heldEmbedders.map { SetAsideModel(name: $0.entry.name, doubts: $0.doubts) },
        referenceTokenizer: tokenizer ?? .generic,
        fingerprint: StableHash.digest(of: file.bytes).hex),
      providers: providers,
      models: usable.map(\.calling),
      embedders: usableEmbedders.map(\.calling),
      setAside: held,
      setAsideEmbedders: heldEmbedders,
      withoutAddress: withoutAddress.sorted())
  }

  /// What was said against the model just read, its providers taken in; the next one starts anew.
  mutating func takeDoubts(of deployments: [UpstreamDeployment]) -> [SetAsideModel.Doubt] {
    defer { doubts = [] }
    var seen: Set<String> = []
    for deployment in deployments where withoutAddress.contains(deployment.provider) {
      guard seen.insert(deployment.provider).inserted else { continue }
      doubts.append(.noAddress(provider: deployment.provider))
    }
    return doubts
  }

  private var firstByte: Span {
    Span(file: file.id, start: 0, end: file.bytes.isEmpty ? 0 : 1)
  }
}
