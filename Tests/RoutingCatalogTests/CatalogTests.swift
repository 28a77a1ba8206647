import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingCatalog
import Testing

@Suite struct `Catalogs` {
  @Test(arguments: Checkout.catalogs)
  func `that we ship read without a finding`(path: String) throws {
    let read = CatalogText(bytes: try Checkout.bytes(path), path: path)
    #expect(read.report == "")
    let catalog = try #require(read.catalog)
    #expect(catalog.models.count == catalog.vocabulary.models.count)
    for (calling, entry) in zip(catalog.models, catalog.vocabulary.models) {
      #expect(calling.name == entry.name)
      let bills: [BillsCancelled: Bool] = [.yes: true, .no: false]
      #expect(
        calling.deployments.map {
          Deployment(
            provider: $0.provider, region: $0.region,
            billsCancelled: catalog.provider(named: $0.provider).flatMap {
              bills[$0.billsCancelled]
            }, upstream: $0.upstream)
        } == entry.deployments)
      #expect(calling.deployments.allSatisfy { catalog.provider(named: $0.provider) != nil })
      #expect(!entry.deployments.isEmpty)
      #expect(entry.prices.input != nil && entry.prices.output != nil, "\(entry.name) is unpriced")
      #expect(calling.priceSource != nil)
    }
  }

  @Test func `are four`() { #expect(Checkout.catalogs.count >= 4) }

  /// Dollars per million tokens as the field accounts quote them, in pico-dollars a token.
  static let quoted: [(model: String, input: Int64?, output: Int64)] = [
    ("qwen3-8b", 10_000, 10_000), ("deepseek-v4-flash", 10_000, 250_000),
    ("deepseek-coder", 10_000, 250_000), ("deepseek-reasoner", 350_000, 2_500_000),
    ("qwen3-32b", nil, 280_000), ("qwen-mt-turbo", nil, 300_000), ("gpt-4o", nil, 10_000_000),
    ("gpt-4o-mini", nil, 600_000), ("gpt-4o-as-coded", 15_000_000, 60_000_000),
  ]

  @Test(arguments: quoted)
  func `of the support desk have the quoted prices`(
    model: String, input: Int64?, output: Int64
  ) throws {
    let bytes = try Checkout.bytes("policies/support/catalog.yaml")
    let catalog = try #require(CatalogText(bytes: bytes, path: "catalog.yaml").catalog)
    let entry = try #require(catalog.vocabulary.models.first { $0.name == model })
    if let input { #expect(entry.prices.input?.picosPerToken == input) }
    #expect(entry.prices.output?.picosPerToken == output)
    let calling = try #require(catalog.models.first { $0.name == model })
    if input == nil { #expect(calling.priceSource?.contains("input:") == true) }
  }

  @Test func `keep what a call needs`() throws {
    let read = CatalogText(
      """
      currency: EUR
      reference_tokenizer: claude
      providers:
        fr:
          base_url: http://[::1]:8080/v1//
          key_env: FR_KEY
          timeouts: {connect: 250ms, first_byte: 20s, whole: 2m, silence: 15s}
          usage: {cached_tokens: outside, reasoning_tokens: inside}
          bills_cancelled: no
        us: {base_url: "https://us.example"}
      models:
        m:
          upstream: M-1
          deployments:
            - {provider: fr, region: eu, weight: 3, rpm: 480}
            - {provider: us, tpm: 200k, upstream: "m:2"}
          balance: least_busy
          cooldown: {after: 3 failures, for: 60s}
          quality: 0.82
        n: {provider: us, rpm: 1.5k, tags: [a, b], capabilities: [json_schema]}
      embedders:
        e: {provider: us, dimensions: 384}
      """)
    #expect(read.codes == ["catalog_no_effect"])
    let catalog = try #require(read.catalog)
    #expect(
      catalog.providers.first
        == Provider(
          name: "fr", baseURL: "http://[::1]:8080/v1", keyVariable: "FR_KEY",
          timeouts: ProviderTimeouts(
            connect: Milliseconds(250), firstByte: Milliseconds(20_000),
            whole: Milliseconds(120_000), silence: Milliseconds(15_000)),
          usage: UsageConventions(cachedTokens: .outside, reasoningTokens: .inside),
          billsCancelled: .no))
    #expect(catalog.provider(named: "us")?.keyVariable == nil)
    #expect(catalog.provider(named: "us")?.billsCancelled == .unknown)
    let model = try #require(catalog.models.first)
    #expect(
      model.deployments == [
        UpstreamDeployment(
          provider: "fr", region: "eu", upstream: "M-1", weight: 3, requestsPerMinute: 480),
        UpstreamDeployment(provider: "us", upstream: "m:2", tokensPerMinute: 200_000),
      ])
    #expect(model.balance == .leastBusy)
    #expect(model.cooldown == Cooldown(failures: 3, pause: Milliseconds(60_000)))
    let n = try #require(catalog.vocabulary.models.last)
    #expect(n.capabilities == [.text, .jsonSchema])
    #expect(n.tags == ["a", "b"])
    #expect(n.window == nil && n.quality == nil && n.prices == ModelPrices())
    #expect(catalog.models.last?.deployments.first?.upstream == "n")
    #expect(catalog.models.last?.deployments.first?.requestsPerMinute == 1500)
    #expect(catalog.vocabulary.models.first?.quality == Score(millionths: 820_000))
    #expect(catalog.vocabulary.currency == "EUR")
    #expect(catalog.vocabulary.referenceTokenizer == .claude)
    #expect(catalog.embedders.first?.dimensions == 384)
    #expect(catalog.vocabulary.embedders.first?.price == nil)
  }

  @Test func `are told apart by every byte`() throws {
    let text =
      "currency: USD\nproviders: {p: {base_url: \"https://p.example\"}}\nmodels: {m: {provider: p}}\n"
    let one = try #require(CatalogText(text).catalog)
    let same = try #require(CatalogText(text).catalog)
    let other = try #require(CatalogText(text + "# a note\n").catalog)
    #expect(one.fingerprint == same.fingerprint)
    #expect(one.fingerprint != other.fingerprint)
    #expect(one.fingerprint == StableHash.digest(of: text.utf8).hex)
    #expect(one.vocabulary.fingerprint == one.fingerprint)
  }
}
