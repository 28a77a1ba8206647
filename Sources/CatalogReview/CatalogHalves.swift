import PolicySemantics
package import RoutingCatalog

extension Catalog {
  /// Every model the file describes, those set aside among them, in the file's order of each kind.
  package var described: [DescribedModel] {
    zip(vocabulary.models, models).map {
      DescribedModel(entry: $0, calling: $1)
    } + setAside
  }

  /// Every embedder the file describes, likewise.
  package var describedEmbedders: [DescribedEmbedder] {
    zip(vocabulary.embedders, embedders).map {
      DescribedEmbedder(entry: $0, calling: $1)
    } + setAsideEmbedders
  }
}
