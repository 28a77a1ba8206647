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
    return Catalog(
      vocabulary: Vocabulary(
        currency: currency ?? "USD",
        models: models.map(\.entry),
        embedders: embedders.map(\.entry),
        referenceTokenizer: tokenizer ?? .generic,
        fingerprint: StableHash.digest(of: file.bytes).hex),
      providers: providers,
      models: models.map(\.calling),
      embedders: embedders.map(\.calling))
  }

  private var firstByte: Span {
    Span(file: file.id, start: 0, end: file.bytes.isEmpty ? 0 : 1)
  }
}
