import CatalogImport
import PolicySemantics
import PolicyUnits
import RoutingCatalog

/// A draft as the text of a catalog.
struct CatalogWriter {
  private var text = ""

  static func text(of draft: RouterDraft, about: [String]) -> String {
    var writer = CatalogWriter()
    for line in about { writer.text += "# \(line)\n" }
    writer.text += "currency: USD\n\nproviders:\n"
    for provider in draft.providers { writer.write(provider) }
    writer.text += "\nmodels:\n"
    for model in draft.models { writer.write(model) }
    if !draft.embedders.isEmpty { writer.text += "\nembedders:\n" }
    for embedder in draft.embedders { writer.write(embedder, isEmbedder: true) }
    return writer.text
  }

  private mutating func write(_ provider: RouterDraft.ProviderDraft) {
    text += "  \(provider.word):\n    base_url: \(YAMLText.scalar(provider.url))\n"
    if let variable = provider.keyVariable { text += "    key_env: \(variable)\n" }
    if let time = provider.wholeTimeout {
      text += "    timeouts: {whole: \(Amounts.text(time))}\n"
    }
    var usage: [String] = []
    if let word = provider.usage.cachedTokens { usage.append("cached_tokens: \(word)") }
    if let word = provider.usage.reasoningTokens { usage.append("reasoning_tokens: \(word)") }
    if !usage.isEmpty { text += "    usage: {\(usage.joined(separator: ", "))}\n" }
  }

  private mutating func write(_ model: RouterDraft.CatalogEntryDraft, isEmbedder: Bool = false) {
    text += "  \(model.word):\n"
    if model.deployments.count == 1, let only = model.deployments.first {
      for line in Self.lines(of: only, besides: model.word) { text += "    \(line)\n" }
    } else {
      text += "    deployments:\n"
      for deployment in model.deployments {
        var members = Self.lines(of: deployment, besides: model.word)
        if let weight = deployment.weight { members.append("weight: \(weight)") }
        text += "      - {\(members.joined(separator: ", "))}\n"
      }
      if let balance = model.balance { text += "    balance: \(balance)\n" }
    }
    if let (failures, pause) = model.cooldown {
      text +=
        "    cooldown: {after: \(failures) \(failures == 1 ? "failure" : "failures"), "
        + "for: \(Amounts.text(pause))}\n"
    }
    let facts = model.facts
    if isEmbedder {
      if let dimensions = facts.dimensions { text += "    dimensions: \(dimensions)\n" }
      write(ModelPrices(input: facts.prices.input), facts)
    } else {
      if let window = facts.window { text += "    window: \(window)\n" }
      if let most = facts.maxOutput { text += "    max_output: \(most)\n" }
      let capabilities = (facts.capabilities ?? Self.assumed).map(\.rawValue)
      if !capabilities.isEmpty {
        text += "    capabilities: [\(capabilities.joined(separator: ", "))]\n"
      }
      if let tokenizer = facts.tokenizer { text += "    tokenizer: \(tokenizer.rawValue)\n" }
      write(facts.prices, facts)
    }
  }

  private mutating func write(_ prices: ModelPrices, _ facts: ModelFacts) {
    let lines = PriceLines(prices).lines
    guard !lines.isEmpty else { return }
    text += "    prices:\n"
    for line in lines { text += "      \(line)\n" }
    if let date = facts.date { text += "      date: \(date.text)\n" }
    if let source = facts.source { text += "      source: \(YAMLText.scalar(source))\n" }
  }

  private static func lines(
    of deployment: RouterDraft.DeploymentDraft, besides word: String
  ) -> [String] {
    var lines = ["provider: \(deployment.provider)"]
    if let region = deployment.region { lines.append("region: \(region)") }
    if deployment.upstream != word {
      lines.append("upstream: \(YAMLText.scalar(deployment.upstream))")
    }
    if let requests = deployment.requestsPerMinute { lines.append("rpm: \(requests)") }
    if let tokens = deployment.tokensPerMinute { lines.append("tpm: \(tokens)") }
    return lines
  }

  /// Of a model nobody described: what the routers read here pass on without asking.
  static let assumed: [Capability] = [.tools, .json, .jsonSchema, .streaming]
}
