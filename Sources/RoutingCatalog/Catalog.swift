package import PolicySemantics
package import PolicyUnits

/// Everything a catalog file says, as plain values: what a policy may name, and what a call needs.
///
/// ```yaml
/// currency: USD                     # required: the money of every price here
/// reference_tokenizer: qwen         # the family `prompt.tokens` is counted in
///
/// providers:
///   global:
///     base_url: https://global-apis.com/v1
///     key_env: GLOBAL_APIS_KEY      # the name of the variable, never the key
///     timeouts: {connect: 2s, first_byte: 20s, whole: 2m, silence: 30s}
///     usage: {cached_tokens: inside, reasoning_tokens: inside}
///     bills_cancelled: unknown      # yes, no or unknown
///   azure-fr: {base_url: "https://support-fr.openai.azure.com/openai/v1", key_env: AZURE_FR_KEY}
///   azure-us: {base_url: "https://support-us.openai.azure.com/openai/v1", key_env: AZURE_US_KEY}
///   local: {base_url: "http://127.0.0.1:8081/v1"}
///
/// models:
///   qwen3-8b:                       # a word of the policy language
///     provider: global
///     region: us
///     upstream: Qwen/Qwen3-8B       # the provider's own name for it
///     window: 32k
///     max_output: 8k
///     capabilities: [tools, json, streaming]
///     tags: [cheap]
///     tokenizer: qwen
///     latency_p50: 80ms
///     quality: 0.82
///     acceptance: {share: 81.4%, source: "410,000 requests, 2026"}
///     prices: {input: 0.01, output: 0.01, date: 2026-11-21, source: "price list"}
///
///   gpt-4o:
///     deployments:
///       - {provider: azure-fr, region: eu, weight: 3, rpm: 480}
///       - {provider: azure-us, region: us, weight: 1, tpm: 200k, upstream: gpt-4o-2024-11}
///     balance: weighted             # or least_busy, fastest
///     cooldown: {after: 3 failures, for: 60s}
///
/// embedders:
///   minilm: {provider: local, upstream: all-MiniLM-L6-v2, dimensions: 384}
/// ```
///
/// A model has one deployment, written as `provider`, `region`, `upstream`, `rpm` and `tpm`, or a
/// list of them under `deployments`. `upstream` defaults to the model's, else to its name.
///
/// `policies/CATALOG.md` lists every key.
///
/// `prices` are decimals per million tokens in the catalog's currency: `input`, `output`,
/// `cached_input`, `cache_write`, `reasoning`, `batch: {input, output}` (or `batch_input` and
/// `batch_output`), `long_context: [{above: 200k, input, output, applies_to: request}]` (or `rest`),
/// and `per_request` in whole units. They become integers exactly or are refused. **A price that is
/// not there is unknown, never zero**: a zero stands only beside `confirm: free`, a price over 0.001
/// a token only beside `confirm: expensive`; `confirm: needed` keeps a model with such a price back
/// until one of them is written, and `base_url: fill_in` does so for all models of a provider.
/// `date` and `source` say when and where it was read.
package struct Catalog: Sendable {
  /// What the checker needs: the names a policy may use, and their prices.
  package let vocabulary: Vocabulary
  package let providers: [Provider]
  /// By the index of `vocabulary.models`: a `ModelID` leads to both.
  package let models: [CatalogModel]
  /// By the index of `vocabulary.embedders`.
  package let embedders: [CatalogEmbedder]
  /// Models the file describes and no policy may name yet.
  package let setAside: [DescribedModel]
  package let setAsideEmbedders: [DescribedEmbedder]
  /// Providers whose `base_url` still says `fill_in`, by name; they are not among `providers`.
  package let withoutAddress: [String]

  package init(
    vocabulary: Vocabulary, providers: [Provider], models: [CatalogModel],
    embedders: [CatalogEmbedder], setAside: [DescribedModel] = [],
    setAsideEmbedders: [DescribedEmbedder] = [], withoutAddress: [String] = []
  ) {
    self.vocabulary = vocabulary
    self.providers = providers
    self.models = models
    self.embedders = embedders
    self.setAside = setAside
    self.setAsideEmbedders = setAsideEmbedders
    self.withoutAddress = withoutAddress
  }

  /// Of the file's bytes: any change, a comment's too, changes it.
  package var fingerprint: String { vocabulary.fingerprint }

  package func provider(named name: String) -> Provider? {
    providers.first { $0.name == name }
  }
}

/// What calling one model needs; its prices and limits are in the vocabulary.
package struct CatalogModel: Hashable, Sendable {
  package let name: String
  /// At least one; by the index of `ModelEntry.deployments`.
  package let deployments: [UpstreamDeployment]
  package let balance: Balance
  /// When a deployment rests after failures; nil if the catalog does not say.
  package let cooldown: Cooldown?
  package let priceDate: CalendarDate?
  package let priceSource: String?

  package init(
    name: String,
    deployments: [UpstreamDeployment],
    balance: Balance = .weighted,
    cooldown: Cooldown? = nil,
    priceDate: CalendarDate? = nil,
    priceSource: String? = nil
  ) {
    self.name = name
    self.deployments = deployments
    self.balance = balance
    self.cooldown = cooldown
    self.priceDate = priceDate
    self.priceSource = priceSource
  }
}

/// What calling one embedder needs.
package struct CatalogEmbedder: Hashable, Sendable {
  package let name: String
  package let deployments: [UpstreamDeployment]
  /// How many numbers a vector has; nil if the catalog does not say.
  package let dimensions: Int64?
  package let priceDate: CalendarDate?
  package let priceSource: String?

  package init(
    name: String,
    deployments: [UpstreamDeployment],
    dimensions: Int64? = nil,
    priceDate: CalendarDate? = nil,
    priceSource: String? = nil
  ) {
    self.name = name
    self.deployments = deployments
    self.dimensions = dimensions
    self.priceDate = priceDate
    self.priceSource = priceSource
  }
}

/// One place a model runs at.
package struct UpstreamDeployment: Hashable, Sendable {
  /// The name of a provider of the catalog.
  package let provider: String
  package let region: String?
  /// The provider's own name for the model.
  package let upstream: String
  /// Its part of the calls under ``Balance/weighted``; at least 1.
  package let weight: Int64
  /// Requests a minute at most; nil if the catalog does not say.
  package let requestsPerMinute: Int64?
  /// Tokens a minute at most; nil if the catalog does not say.
  package let tokensPerMinute: Int64?

  package init(
    provider: String,
    region: String? = nil,
    upstream: String,
    weight: Int64 = 1,
    requestsPerMinute: Int64? = nil,
    tokensPerMinute: Int64? = nil
  ) {
    self.provider = provider
    self.region = region
    self.upstream = upstream
    self.weight = weight
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
  }
}

/// How calls are spread over the deployments of one model.
package enum Balance: String, Hashable, Sendable, CaseIterable {
  case weighted
  case leastBusy = "least_busy"
  case fastest
}

/// After so many failures in a row a deployment is left alone for a while.
package struct Cooldown: Hashable, Sendable {
  package let failures: Int64
  package let pause: Milliseconds

  package init(
    failures: Int64,
    pause: Milliseconds
  ) {
    self.failures = failures
    self.pause = pause
  }
}
