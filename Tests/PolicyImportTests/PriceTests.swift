import CatalogImport
import PolicyImport
import PolicySemantics
import PolicyUnits
import Testing

@Suite struct `Imported costs` {
  private func model(
    _ info: String, prices: String? = nil, more: String = ""
  ) throws -> (ask: ImportedAsk, prices: ModelPrices) {
    var options = ImportOptions()
    if let prices { options.prices = try LiteLLMImport.read(Array(prices.utf8)) }
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
        - model_name: chat
          litellm_params: {model: openai/gpt-4o}
          model_info: {\(info)}
      \(more)
      """, options)
    return (ask, try #require(ask.policy).vocabulary.models[0].prices)
  }

  @Test func `are those of the file, exactly`() throws {
    let found = try model("input_cost_per_token: 0.00000015, output_cost_per_token: 6e-7")
    #expect(found.prices.input?.picosPerToken == 150_000)
    #expect(found.prices.output?.picosPerToken == 600_000)
  }

  @Test func `are unknown where nobody says them, and never zero`() throws {
    let found = try model("id: a")
    #expect(found.prices == ModelPrices())
    let told = found.ask.imported.findings.filter { $0.kind == .differs }
    #expect(told.contains { $0.why.contains("unknown") })
  }

  /// Of deployments with one name: the second's model, what is said of both, and the models they make.
  @Test(arguments: [
    ("mistral/mistral-large", "id: a", ["openai gpt-4o", "mistral mistral-large"]),
    ("azure/gpt-4o", "id: a", ["openai gpt-4o, azure gpt-4o"]),
    ("azure/eu-4o", "base_model: gpt-4o", ["openai gpt-4o, azure eu-4o"]),
    ("azure/eu-4o", "max_input_tokens: 128000", ["openai gpt-4o", "azure eu-4o"]),
    ("azure/eu-4o", "input_cost_per_token: 1e-6", ["openai gpt-4o", "azure eu-4o"]),
    (
      "azure/eu-4o", "input_cost_per_token: 1e-6, output_cost_per_token: 2e-6",
      ["openai gpt-4o, azure eu-4o"]
    ),
  ])
  func `that nobody knows make one model only of deployments of one`(
    second: String, info: String, models: [String]
  ) throws {
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
        - model_name: chat
          litellm_params: {model: openai/gpt-4o}
          model_info: {\(info)}
        - model_name: chat
          litellm_params: {model: \(second), api_base: "https://desk.example/openai"}
          model_info: {\(info)}
      router_settings: {routing_strategy: least-busy}
      """, ImportOptions())
    let found = try #require(ask.policy).vocabulary.models.map { model in
      model.deployments.map { "\($0.provider) \($0.upstream ?? "")" }.joined(separator: ", ")
    }
    #expect(found == models)
    let split = ask.imported.findings.filter { $0.why.contains("the route splits") }
    #expect(split.map(\.why).allSatisfy { $0.contains("may cost different amounts") })
    #expect(split.count == models.count - 1)
  }

  @Test func `of zero stay unknown until somebody confirms them`() throws {
    let found = try model("input_cost_per_token: 0, output_cost_per_token: 0")
    #expect(found.prices == ModelPrices())
    #expect(found.ask.imported.findings.contains { $0.kind == .leftOut && $0.line == 4 })
  }

  @Test func `come from the price list where the file is silent`() throws {
    let list = """
      {"gpt-4o": {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 2.5e-06,
      "output_cost_per_token": 1e-05, "max_input_tokens": 128000}}
      """
    let found = try model("output_cost_per_token: 2e-05", prices: list)
    #expect(found.prices.input?.picosPerToken == 2_500_000)
    #expect(found.prices.output?.picosPerToken == 20_000_000)
    let entry = try #require(found.ask.policy).vocabulary.models[0]
    #expect(entry.window == 128_000)
  }

  @Test func `that are not known let no budget stand over them`() throws {
    let budget = "litellm_settings: {max_budget: 10, budget_duration: 1d}"
    let without = try model("id: a", more: budget)
    #expect(without.ask.policy?.budgets.isEmpty == true)
    #expect(without.ask.imported.findings.contains { $0.what == "litellm_settings.max_budget" })
    let with = try model(
      "input_cost_per_token: 0.000001, output_cost_per_token: 0.000002", more: budget)
    #expect(with.ask.policy?.budgets.count == 1)
  }

  @Test(arguments: ["", ", input_cost_per_token: 0"])
  func `that are not known of an embedder let no budget stand over what asks it`(price: String)
    throws
  {
    let cache =
      "litellm_settings: {max_budget: 10, budget_duration: 1d, cache: true, cache_params: "
      + "{type: redis-semantic, ttl: 600, similarity_threshold: 0.8, "
      + "redis_semantic_cache_embedding_model: emb}}"
    let embedder =
      "  - {model_name: emb, litellm_params: {model: openai/text-embedding-3-small, api_key: "
      + "os.environ/K}, model_info: {mode: embedding\(price)}}"
    let found = try model(
      "input_cost_per_token: 0.000001, output_cost_per_token: 0.000002",
      more: "\(embedder)\n\(cache)")
    #expect(found.ask.policy?.budgets.isEmpty == true)
    #expect(found.ask.imported.findings.contains { $0.what == "litellm_settings.max_budget" })
  }

  @Test func `above every request leave a budget out that none fits into`() throws {
    let found = try model(
      "input_cost_per_token: 0.0009, output_cost_per_token: 0.0009",
      more: "litellm_settings: {max_budget: 0.000001, budget_duration: 1d}")
    #expect(found.ask.policy?.budgets.isEmpty == true)
    #expect(found.ask.imported.extent == .inPart)
  }

  private static let listed = """
    {"gpt-4o": {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 2.5e-06,
    "output_cost_per_token": 1e-05, "max_input_tokens": 128000}}
    """

  /// A key that cannot be taken is named, and takes no other along.
  @Test(arguments: [
    ("input_cost_per_token: \"abc\"", "`input_cost_per_token` is not a number"),
    ("input_cost_per_token: [1]", "`input_cost_per_token` is not a number"),
    ("input_cost_per_token: true", "`input_cost_per_token` is not a number"),
    ("input_cost_per_token: -0.1", "`input_cost_per_token` is below zero"),
    ("input_cost_per_token: 1e-30", "`input_cost_per_token` is 1e-30, finer than"),
    ("input_cost_per_token: 1_000_000", "`input_cost_per_token` is too large to be kept"),
    ("input_cost_per_token: 0.5", "zero or over 0.001 a token: `input`"),
  ])
  func `that cannot be taken are named, and the others are kept`(
    info: String, says: String
  ) throws {
    let found = try model(
      "\(info), output_cost_per_token: 2e-05, max_input_tokens: 64_000, supports_vision: yes",
      prices: Self.listed)
    // Nor is the list's price taken for one that stands there.
    #expect(found.prices.input == nil)
    #expect(found.prices.output?.picosPerToken == 20_000_000)
    let entry = try #require(found.ask.policy).vocabulary.models[0]
    #expect(entry.window == 64_000)
    #expect(entry.capabilities.contains(.images))
    let left = found.ask.imported.findings.filter { $0.kind == .leftOut }
    #expect(left.count == 1 && left[0].line == 4, "\(left)")
    #expect(left.contains { $0.why.contains(says) }, "\(left)")
  }

  @Test func `with a limit that cannot be taken are kept`() throws {
    let found = try model(
      "max_input_tokens: many, supports_vision: maybe, input_cost_per_token: \"0.00_001\", "
        + "output_cost_per_token: 2e-05")
    #expect(found.prices.input?.picosPerToken == 10_000_000)
    #expect(found.prices.output?.picosPerToken == 20_000_000)
    let left = found.ask.imported.findings.filter { $0.kind == .leftOut }
    #expect(
      left.map(\.what).sorted() == [
        "model_list[0].model_info.max_input_tokens", "model_list[0].model_info.supports_vision",
      ])
  }

  /// A bill that may be higher than the other prices say is not known.
  @Test(arguments: [
    "cache_creation_input_token_cost: dear", "input_cost_per_token_above_200k_tokens: {}",
    "input_cost_per_second: 0.01", "tiered_pricing: [{range: [0, 100]}]", "moon_cost: 1",
    "input_cost_per_request: [1]",
  ])
  func `whose bill hangs on a key that cannot be taken are all unknown`(info: String) throws {
    let found = try model(
      "input_cost_per_token: 1e-05, output_cost_per_token: 2e-05, \(info)", prices: Self.listed)
    #expect(found.prices == ModelPrices())
    let key = info.prefix { $0 != ":" }
    let left = found.ask.imported.findings.filter { $0.kind == .leftOut }
    #expect(left.contains { $0.what.hasSuffix(key) && $0.why.contains("no price") }, "\(left)")
  }
}
