import PolicySemantics
import PolicyUnits
import RoutingCatalog

/// The text of a catalog while it is being written.
struct CatalogLines {
  let date: CalendarDate
  /// Safe in one line.
  let origin: String
  var text = ""
  private var words: [String: String] = [:]

  init(date: CalendarDate, origin: String) {
    self.date = date
    self.origin = origin
  }

  mutating func head(_ draft: CatalogDraft) {
    let held = draft.entries.count { !$0.doubts.isEmpty }
    let taken = draft.entries.count { $0.model != nil }
    text += """
      # Imported from \(origin) on \(date.text).
      # \(taken) of \(draft.entries.count) entries; `rung catalog import` says why each of the others was refused.

      """
    if !draft.providersWithoutAddress.isEmpty {
      text += """
        # Models of a provider with `base_url: fill_in` are set aside until its address stands there; its
        # key's variable goes under `key_env`.

        """
    }
    if held > 0 {
      text += """
        # Models with `confirm: needed` are set aside until it says `free` or `expensive`.

        """
    }
    text += "currency: USD\n"
  }

  mutating func providers(of models: [DraftModel]) {
    words = CatalogDraft.providerWords(models)
    text += "\nproviders:\n"
    for provider in Set(models.map(\.provider)).sorted() {
      text += "  \(word(provider)):\n"
      guard let endpoint = LiteLLMProviders.endpoint(of: provider) else {
        text += "    base_url: fill_in\n"
        continue
      }
      text += "    base_url: \(YAMLText.scalar(endpoint.url))\n"
      if let key = endpoint.keyVariable { text += "    key_env: \(key)\n" }
      var usage: [String] = []
      if let cached = endpoint.usage.cachedTokens {
        usage.append("cached_tokens: \(cached.rawValue)")
      }
      if let reasoning = endpoint.usage.reasoningTokens {
        usage.append("reasoning_tokens: \(reasoning.rawValue)")
      }
      if !usage.isEmpty { text += "    usage: {\(usage.joined(separator: ", "))}\n" }
    }
  }

  mutating func headOfHeld(_ count: Int) {
    text += """

        # Set aside: \(count == 1 ? "a price" : "prices") to be confirmed.

      """
  }

  mutating func model(_ model: DraftModel, doubts: [SetAsideModel.Doubt]) {
    placement(model)
    for limit in limits(model) { text += "    \(limit)\n" }
    if let window = model.window { text += "    window: \(window)\n" }
    if let output = model.maxOutput { text += "    max_output: \(output)\n" }
    if !model.capabilities.isEmpty {
      let names = model.capabilities.map(\.rawValue).joined(separator: ", ")
      text += "    capabilities: [\(names)]\n"
    }
    if let tokenizer = model.tokenizer { text += "    tokenizer: \(tokenizer.rawValue)\n" }
    text += "    prices:\n"
    for line in PriceLines(model.prices).lines { text += "      \(line)\n" }
    if !doubts.isEmpty { text += "      confirm: needed\n" }
    about(model)
  }

  mutating func embedder(_ model: DraftModel) {
    placement(model)
    // A catalog holds no embedder to a limit; that one was given is not lost.
    for limit in limits(model) { text += "    # \(limit) is held of no embedder\n" }
    if case .embedder(let dimensions?) = model.kind { text += "    dimensions: \(dimensions)\n" }
    text += "    prices:\n"
    for line in PriceLines(model.prices).lines { text += "      \(line)\n" }
    about(model)
  }

  private mutating func placement(_ model: DraftModel) {
    text += "  \(model.word):\n    provider: \(word(model.provider))\n"
    if model.upstream != model.word {
      text += "    upstream: \(YAMLText.scalar(model.upstream))\n"
    }
  }

  /// Calls and tokens a minute, as a catalog takes them.
  private func limits(_ model: DraftModel) -> [String] {
    [("rpm", model.requestsPerMinute), ("tpm", model.tokensPerMinute)].compactMap { key, limit in
      limit.map { "\(key): \($0)" }
    }
  }

  private mutating func about(_ model: DraftModel) {
    text += "      date: \(date.text)\n"
    text += "      source: \(YAMLText.scalar(model.source ?? origin))\n"
  }

  private func word(_ provider: String) -> String { words[provider] ?? provider }
}
