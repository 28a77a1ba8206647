import JSONReading
import PolicySemantics

/// One entry of LiteLLM's price list, as it is being read.
struct LiteLLMEntry {
  /// LiteLLM's name of the model.
  let name: String
  /// The word a policy will call it by.
  let word: String
  private let members: [(key: String, value: JSONValue)]
  private let byKey: [String: JSONValue]

  /// Nil if the entry is no object.
  init?(name: String, word: String, _ value: JSONValue) {
    guard value.kind == .object else { return nil }
    // The list writes `null` where others leave a key out.
    let members = value.members.compactMap { key, value in
      value.isNull ? nil : key.string.map { (key: $0, value: value) }
    }
    self.init(name: name, word: word, members: members)
  }

  private init(
    name: String, word: String, members: [(key: String, value: JSONValue)]
  ) {
    self.name = name
    self.word = word
    self.members = members
    byKey = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// The same without some of its members.
  func without(_ keys: Set<String>) -> LiteLLMEntry {
    LiteLLMEntry(name: name, word: word, members: members.filter { !keys.contains($0.key) })
  }

  subscript(key: String) -> JSONValue? { byKey[key] }

  var keys: [String] { members.map(\.key) }

  var mode: String? { byKey["mode"]?.string }

  var provider: String? { byKey["litellm_provider"]?.string }

  /// Members that speak of money, in written order.
  var money: [(key: String, value: JSONValue)] {
    members.filter { CostKey.isAboutMoney($0.key) }
  }

  func outcome() throws(ImportRefusal) -> ImportedEntry.Outcome {
    guard DraftNames.isHoldable(name) else { throw .badName }
    guard let mode = try text("mode") else { throw .noMode }
    guard mode == "chat" || mode == "embedding" else { throw .otherMode(mode) }
    guard let provider = try text("litellm_provider"), !provider.isEmpty else {
      throw .noProvider
    }
    guard DraftNames.isHoldable(provider), DraftNames.isHoldable(DraftNames.word(for: provider))
    else { throw .badName }
    guard !name.hasPrefix("together-ai-") else { throw .priceClass }
    return mode == "chat" ? try chat(of: provider) : try embedder(of: provider)
  }

  private func chat(of provider: String) throws(ImportRefusal) -> ImportedEntry.Outcome {
    try requirePrices(["input_cost_per_token", "output_cost_per_token"])
    var reader = LiteLLMPrices(isEmbedder: false)
    for (key, value) in money { try reader.read(key, value) }
    var model = try draft(.chat, of: provider, prices: reader)
    if let endpoints = self["supported_endpoints"], endpoints.kind == .array,
      !endpoints.elements.contains(where: { $0.string == "/v1/chat/completions" })
    {
      throw .otherEndpoint
    }
    let apart = reader.billedApart(
      searchesAlways: searchesAlways, answersOnlyText: answersOnlyText)
    guard apart.isEmpty else { throw .billedApart(apart) }
    try readLimits(into: &model)
    model.capabilities = try capabilities(imagesApart: !reader.imagesApart.isEmpty)
    model.notes += reader.notes(answersOnlyText: answersOnlyText)
    if let date = self["deprecation_date"]?.string { model.notes.append(.endsOn(date)) }
    let doubts = model.prices.doubts
    return doubts.isEmpty ? .imported(model) : .setAside(model, doubts)
  }

  private func embedder(of provider: String) throws(ImportRefusal) -> ImportedEntry.Outcome {
    try requirePrices(["input_cost_per_token"])
    var reader = LiteLLMPrices(isEmbedder: true)
    for (key, value) in money { try reader.read(key, value) }
    var model = try draft(
      .embedder(dimensions: try count("output_vector_size")), of: provider, prices: reader)
    let apart = reader.billedApart(searchesAlways: false, answersOnlyText: true)
    guard apart.isEmpty else { throw .billedApart(apart) }
    model.prices = ModelPrices(input: reader.prices.input)
    model.notes += reader.notes(answersOnlyText: true)
    model.requestsPerMinute = try count("rpm")
    model.tokensPerMinute = try count("tpm")
    guard model.prices.doubts.isEmpty else { throw .freeEmbedder }
    return .imported(model)
  }

  /// Prices, limits and abilities, whichever are there.
  func described() throws(ImportRefusal) -> (model: DraftModel, abilities: [Capability: Bool]) {
    var reader = LiteLLMPrices(isEmbedder: false)
    for (key, value) in money { try reader.read(key, value) }
    var model = DraftModel(
      kind: .chat, word: word, provider: "", upstream: name, prices: try reader.finished())
    let apart = reader.billedApart(
      searchesAlways: searchesAlways, answersOnlyText: answersOnlyText)
    guard apart.isEmpty else { throw .billedApart(apart) }
    try readLimits(into: &model)
    model.notes += reader.notes(answersOnlyText: answersOnlyText)
    return (model, try abilities(imagesApart: !reader.imagesApart.isEmpty))
  }

  private func requirePrices(_ keys: [String]) throws(ImportRefusal) {
    let missing = keys.filter { self[$0] == nil }
    guard missing.isEmpty else {
      throw .unpriced(missing: missing, instead: money.map(\.key).filter { !keys.contains($0) })
    }
  }

  private func draft(
    _ kind: DraftModel.Kind, of provider: String, prices: LiteLLMPrices
  ) throws(ImportRefusal) -> DraftModel {
    var model = DraftModel(
      kind: kind, word: word, provider: provider, upstream: upstream(of: provider),
      prices: try prices.finished())
    guard DraftNames.isHoldable(model.upstream), DraftNames.isHoldable(word) else {
      throw .badName
    }
    if word != name { model.notes.append(.renamed) }
    if let source = try text("source"), DraftNames.isHoldable(source) { model.source = source }
    return model
  }

  /// LiteLLM writes its own name of the provider before the provider's name of the model.
  private func upstream(of provider: String) -> String {
    let family = provider.prefix { $0 != "-" }
    for prefix in [provider, String(family)] + (LiteLLMProviders.prefixes[provider] ?? [])
    where name.hasPrefix(prefix + "/") && name.utf8.count > prefix.utf8.count + 1 {
      return String(name.dropFirst(prefix.count + 1))
    }
    return name
  }

  /// Searching is part of every answer there, asked for or not.
  private var searchesAlways: Bool {
    provider == "perplexity" || name.contains("search-preview") || name.contains("search-api")
  }

  private var answersOnlyText: Bool {
    guard let kinds = self["supported_output_modalities"], kinds.kind == .array else {
      return false
    }
    return kinds.elements.allSatisfy { $0.string == "text" }
  }
}
