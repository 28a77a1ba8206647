import LedgerExchange
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingCatalog

/// The prices of a catalog file, for rows that come without a cost.
struct ImportPrices {
  let pricing: RowPricing
  let currency: String

  init(catalog path: String) throws(CommandFailure) {
    let file = SourceFile(id: SourceID(0), path: path, bytes: try Files.input(path))
    let parsed = CatalogReader.read(file)
    guard let catalog = parsed.value, !parsed.diagnostics.contains(where: { $0.severity == .error })
    else {
      throw CommandFailure(
        "`\(path)` is no catalog that can be read; `rung check` shows why", exit: .findings)
    }
    pricing = RowPricing(
      catalog.vocabulary, upstreams: catalog.models.map { $0.deployments.map(\.upstream) },
      priceDates: catalog.models.map(\.priceDate))
    currency = catalog.vocabulary.currency
  }
}
