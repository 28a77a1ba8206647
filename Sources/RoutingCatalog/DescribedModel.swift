package import PolicySemantics

/// A model of the file with both halves of its description, and what keeps it back.
package struct DescribedModel: Sendable {
  package let entry: ModelEntry
  package let calling: CatalogModel
  /// Empty if policies may name it.
  package let doubts: [SetAsideModel.Doubt]

  package init(
    entry: ModelEntry, calling: CatalogModel, doubts: [SetAsideModel.Doubt] = []
  ) {
    self.entry = entry
    self.calling = calling
    self.doubts = doubts
  }
}

/// An embedder of the file, likewise.
package struct DescribedEmbedder: Sendable {
  package let entry: EmbedderEntry
  package let calling: CatalogEmbedder
  /// Empty if policies may name it.
  package let doubts: [SetAsideModel.Doubt]

  package init(
    entry: EmbedderEntry, calling: CatalogEmbedder, doubts: [SetAsideModel.Doubt] = []
  ) {
    self.entry = entry
    self.calling = calling
    self.doubts = doubts
  }
}
