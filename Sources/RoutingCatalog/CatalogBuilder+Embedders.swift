import PolicySemantics
import PolicySource
import YAMLReading

extension CatalogBuilder {
  mutating func readEmbedders(
    _ entry: YAMLEntry?
  ) -> [DescribedEmbedder] {
    guard let entry, let entries = entries(of: entry.value, "`embedders`", at: entry.keySpan)
    else { return [] }
    return entries.compactMap { entry in
      checkName(entry.key, "an embedder", at: entry.keySpan)
      guard
        let fields = fields(
          of: entry.value, "an embedder", at: entry.keySpan,
          keys: Self.placementKeys + ["dimensions", "prices"])
      else { return nil }
      let placement = placement(of: entry.key, fields)
      let prices = prices(fields["prices"], keys: PriceKeys.embedder)
      let described = EmbedderEntry(
        name: entry.key,
        deployments: described(placement.deployments),
        price: prices.amounts.input,
        span: entry.keySpan)
      let calling = CatalogEmbedder(
        name: entry.key, deployments: placement.deployments,
        dimensions: value(fields["dimensions"], .count), priceDate: prices.date,
        priceSource: prices.source)
      return DescribedEmbedder(
        entry: described, calling: calling, doubts: takeDoubts(of: placement.deployments))
    }
  }
}
