import CatalogReview
import PolicyDiagnostics
import PolicySemantics
import RoutingCatalog

extension ModelPage {
  /// The page of a model or an embedder by its name.
  static func named(
    _ name: String, in catalog: Catalog, path: String
  ) throws(CommandFailure) -> ModelPage {
    let currency = catalog.vocabulary.currency
    if let model = catalog.described.first(where: { $0.entry.name == name }) {
      return ModelPage(model, currency: currency)
    }
    if let embedder = catalog.describedEmbedders.first(where: { $0.entry.name == name }) {
      return ModelPage(embedder, currency: currency)
    }
    let names =
      catalog.described.map(\.entry.name) + catalog.describedEmbedders.map(\.entry.name)
    let near = NearName.of(name, among: names)
    throw CommandFailure(
      "`\(path)` has no model `\(name)`" + (near.map { "; did you mean \($0)?" } ?? ""))
  }
}
