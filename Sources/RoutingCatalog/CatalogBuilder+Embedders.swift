import PolicyDiagnostics
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
      warnOfIdleKeys(ofEmbedder: fields)
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

  /// What holds back or spreads the calls of models and does nothing for those of an embedder.
  private mutating func warnOfIdleKeys(ofEmbedder fields: Fields) {
    var found = ["balance", "cooldown", "rpm", "tpm"].compactMap { fields[$0] }
    if let list = fields["deployments"], case .sequence(let items) = list.value.content {
      for case .mapping(let entries) in items.map(\.content) {
        found += entries.filter { ["rpm", "tpm"].contains($0.key) }
      }
    }
    for entry in found {
      problems.report(
        .catalogNoEffect, "`\(entry.key)` has no effect on an embedder", at: entry.keySpan,
        note: "its deployments are called one after the other, and nothing holds a call back",
        severity: .warning)
    }
  }
}
