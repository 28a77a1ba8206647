import PolicySemantics
package import PolicyUnits
package import RoutingCatalog

/// A catalog in figures.
package struct CatalogSummary: Sendable {
  package let models: Int
  package let embedders: Int
  package let providers: Int
  package let providersWithoutAddress: [String]
  /// Usable models without a price for input or output: no bound on money holds over them.
  package let unpriced: Int
  /// Set aside because a price is zero, too high, or their provider has no address; a model with
  /// several of these counts under the first.
  package let setAside: (zero: Int, high: Int, noAddress: Int)
  package let oldest: CalendarDate?
  package let newest: CalendarDate?
  /// Usable models whose prices have no date.
  package let undated: Int

  package init(_ catalog: Catalog) {
    models = catalog.models.count
    embedders = catalog.embedders.count
    providers = catalog.providers.count
    providersWithoutAddress = catalog.withoutAddress
    unpriced = catalog.vocabulary.models.count { $0.prices.input == nil || $0.prices.output == nil }
    let doubts = catalog.setAside.map(\.doubts) + catalog.setAsideEmbedders.map(\.doubts)
    let zero = doubts.count { $0.contains(where: \.isZero) }
    let high = doubts.count { $0.contains(where: \.isHigh) && !$0.contains(where: \.isZero) }
    setAside = (zero, high, doubts.count - zero - high)
    let dates = catalog.models.compactMap(\.priceDate)
    oldest = dates.min()
    newest = dates.max()
    undated = zip(catalog.vocabulary.models, catalog.models).count { entry, calling in
      calling.priceDate == nil && !entry.prices.rows.isEmpty
    }
  }
}
