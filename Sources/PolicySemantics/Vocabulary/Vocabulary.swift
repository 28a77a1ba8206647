package import PolicySource
package import PolicyUnits

/// The names a policy may use that it does not declare itself: models, embedders, zones, prices.
///
/// A plain value, so that the checker needs no files: `RoutingCatalog` makes one from YAML, a test
/// makes one by hand.
package struct Vocabulary: Sendable {
  /// The catalog's only currency: `$` reads as `USD`.
  ///
  /// Three capitals.
  package var currency: String
  /// In the catalog's order.
  ///
  /// `ModelID` is an index into this array.
  package var models: [ModelEntry]
  package var embedders: [EmbedderEntry]
  /// Known by name and kept out of every policy until the catalog's owner says a word.
  package var setAside: [SetAsideModel]
  /// The family `prompt.tokens` is counted in.
  package var referenceTokenizer: TokenizerFamily
  package var zones: MachineZones
  /// Identifies the catalog's text; shown in explanations.
  package var fingerprint: String

  package init(
    currency: String = "USD",
    models: [ModelEntry],
    embedders: [EmbedderEntry] = [],
    setAside: [SetAsideModel] = [],
    referenceTokenizer: TokenizerFamily = .generic,
    zones: MachineZones = [],
    fingerprint: String = ""
  ) {
    self.currency = currency
    self.models = models
    self.embedders = embedders
    self.setAside = setAside
    self.referenceTokenizer = referenceTokenizer
    self.zones = zones
    self.fingerprint = fingerprint
  }
}

/// How a family of models cuts text into tokens; decides the width of an estimate, never the bound.
package enum TokenizerFamily: String, Hashable, Sendable, CaseIterable {
  case openAI = "openai"
  case qwen, deepseek, claude, gemini, llama, mistral
  case generic
}

/// One model of the catalog.
///
/// Missing facts are nil: unknown, never zero.
package struct ModelEntry: Sendable {
  package var name: String
  /// Where it runs, at least one; a guard keeps or drops each.
  package var deployments: [Deployment]
  package var tags: [String]
  /// Tokens of prompt and answer together.
  package var window: Int64?
  /// The most output tokens one answer can have.
  package var maxOutput: Int64?
  package var capabilities: Set<Capability>
  package var tokenizer: TokenizerFamily
  package var prices: ModelPrices
  /// Median time of a whole answer.
  package var latencyP50: Milliseconds?
  package var quality: Score?
  /// The share of answers a gate is expected to accept, and who measured it.
  package var acceptance: Acceptance?
  /// Where the catalog describes it.
  package var span: Span?

  package init(
    name: String,
    deployments: [Deployment],
    tags: [String] = [],
    window: Int64? = nil,
    maxOutput: Int64? = nil,
    capabilities: Set<Capability> = [.text],
    tokenizer: TokenizerFamily = .generic,
    prices: ModelPrices = ModelPrices(),
    latencyP50: Milliseconds? = nil,
    quality: Score? = nil,
    acceptance: Acceptance? = nil,
    span: Span? = nil
  ) {
    self.name = name
    self.deployments = deployments
    self.tags = tags
    self.window = window
    self.maxOutput = maxOutput
    self.capabilities = capabilities
    self.tokenizer = tokenizer
    self.prices = prices
    self.latencyP50 = latencyP50
    self.quality = quality
    self.acceptance = acceptance
    self.span = span
  }
}

package struct Deployment: Hashable, Sendable {
  package var provider: String
  package var region: String?
  /// Whether its provider bills the rest of an answer that is cut off; nil if nobody knows.
  package var billsCancelled: Bool?
  /// What its provider calls the model; nil if the catalog is not from a file.
  package var upstream: String?

  package init(
    provider: String, region: String? = nil, billsCancelled: Bool? = nil, upstream: String? = nil
  ) {
    self.provider = provider
    self.region = region
    self.billsCancelled = billsCancelled
    self.upstream = upstream
  }
}

package enum Capability: String, Hashable, Sendable, CaseIterable {
  case text, tools, images, json, jsonSchema = "json_schema", streaming, logprobs, reasoning
}

package struct Acceptance: Hashable, Sendable {
  package var share: Share
  package var source: String

  package init(share: Share, source: String) {
    self.share = share
    self.source = source
  }
}

package struct EmbedderEntry: Sendable {
  package var name: String
  package var deployments: [Deployment]
  package var price: Price?
  package var span: Span?

  package init(name: String, deployments: [Deployment], price: Price? = nil, span: Span? = nil) {
    self.name = name
    self.deployments = deployments
    self.price = price
    self.span = span
  }
}
