package import PolicyUnits
import RoutingCatalog

extension CatalogDraft {
  /// The catalog, as `rung catalog check` takes it.
  ///
  /// `date` is the day the prices were read, `origin` what they were read from. Models stand under
  /// their words in the order of the list, those set aside at the end.
  package func yaml(date: CalendarDate, origin: String) -> String {
    let models = entries.compactMap(\.model)
    var lines = CatalogLines(date: date, origin: origin.shown)
    lines.head(self)
    lines.providers(of: models)
    let usable = entries.filter { $0.doubts.isEmpty }.compactMap(\.model)
    let held = entries.filter { !$0.doubts.isEmpty }
    lines.text += "\nmodels:\n"
    for model in usable where !model.isEmbedder { lines.model(model, doubts: []) }
    if !held.isEmpty { lines.headOfHeld(held.count) }
    for entry in held {
      if let model = entry.model { lines.model(model, doubts: entry.doubts) }
    }
    let embedders = usable.filter(\.isEmbedder)
    if !embedders.isEmpty { lines.text += "\nembedders:\n" }
    for model in embedders { lines.embedder(model) }
    return lines.text
  }

  /// Whether there is anything a catalog could name.
  package var hasModels: Bool { entries.contains { $0.model.map { !$0.isEmbedder } ?? false } }

  /// The names of providers as the catalog writes them, by the list's.
  static func providerWords(_ models: [DraftModel]) -> [String: String] {
    DraftNames.words(for: Set(models.map(\.provider)).sorted())
  }

  /// The list's providers of what was taken over that still need an address, sorted.
  package var providersWithoutAddress: [String] {
    Set(entries.compactMap { $0.model?.provider })
      .filter { LiteLLMProviders.endpoint(of: $0) == nil }.sorted()
  }
}
