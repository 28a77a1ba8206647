import PolicySemantics
package import RoutingCatalog

/// What changes from one catalog to another of the calls to some of its models and embedders: where
/// they go, as whom, how they are spread and held back, and how their usage is read.
///
/// Nothing of it changes what is decided. Prices and abilities do, and are not here.
package struct CallDifference: Sendable {
  /// Providers first, each in the order of the old catalog.
  package let changes: [Change]

  package struct Change: Sendable {
    /// `provider near`, `model cheap`, `embedder minilm`.
    package let thing: String
    package let field: FieldChange
  }

  /// Of the models and embedders so named in both catalogs, and of the providers they have or had.
  ///
  /// O(models × their fields).
  package init(_ old: Catalog, _ new: Catalog, models: Set<String>, embedders: Set<String>) {
    let difference = CatalogDifference(old, new)
    var providers: Set<String> = []
    for catalog in [old, new] {
      for model in catalog.models where models.contains(model.name) {
        providers.formUnion(model.deployments.map(\.provider))
      }
      for embedder in catalog.embedders where embedders.contains(embedder.name) {
        providers.formUnion(embedder.deployments.map(\.provider))
      }
    }
    changes =
      Self.changes("provider", difference.providers, providers)
      + Self.changes("model", difference.models, models)
      + Self.changes("embedder", difference.embedders, embedders)
  }

  private static func changes(
    _ kind: String, _ section: CatalogDifference.Section, _ called: Set<String>
  ) -> [Change] {
    section.changed.filter { called.contains($0.name) }.flatMap { thing in
      thing.changes.filter { $0.bearing == .call }
        .map { Change(thing: "\(kind) \(thing.name)", field: $0) }
    }
  }
}
