import CatalogImport
import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import Testing

@Suite struct `Entries of a price list` {
  static let priced = "\"input_cost_per_token\": 1.5e-07, \"output_cost_per_token\": 6e-07"

  /// Members beside mode and provider, and the code of the refusal.
  static let refused: [(members: String, code: String)] = [
    ("", "unpriced"),
    ("\"input_cost_per_token\": 1e-7", "unpriced"),
    ("\"input_cost_per_token\": null, \"output_cost_per_token\": 1e-6", "unpriced"),
    ("\"input_cost_per_second\": 0.01", "unpriced"),
    ("\"tiered_pricing\": [{\"range\": [0, 1000]}]", "unpriced"),
    ("\"input_cost_per_token\": -1e-7, \"output_cost_per_token\": 1e-6", "negative"),
    ("\"input_cost_per_token\": \"1e-7\", \"output_cost_per_token\": 1e-6", "wrong_type"),
    ("\"input_cost_per_token\": true, \"output_cost_per_token\": 1e-6", "wrong_type"),
    ("\"input_cost_per_token\": [1], \"output_cost_per_token\": 1e-6", "wrong_type"),
    ("\"input_cost_per_token\": 2.9999900000000002e-06, \"output_cost_per_token\": 1", "too_fine"),
    ("\"input_cost_per_token\": 1e-13, \"output_cost_per_token\": 1e-6", "too_fine"),
    ("\"input_cost_per_token\": 1e-999999999999, \"output_cost_per_token\": 1e-6", "too_fine"),
    ("\"input_cost_per_token\": 1e99, \"output_cost_per_token\": 1e-6", "too_large"),
    ("\"input_cost_per_token\": 1e999999999999, \"output_cost_per_token\": 1e-6", "too_large"),
    (
      "\"input_cost_per_token\": 1000000.000000000000, \"output_cost_per_token\": 1e-6", "too_large"
    ),
    ("\(priced), \"input_cost_per_request\": 9223372036.854775807", "too_large"),
    ("\(priced), \"input_cost_per_request\": 1e-10", "too_fine"),
    ("\(priced), \"citation_cost_per_token\": 2e-6", "billed_apart"),
    ("\(priced), \"input_cost_per_second\": 0.001", "billed_apart"),
    ("\(priced), \"input_cost_per_character\": 1e-7", "billed_apart"),
    ("\(priced), \"tiered_pricing\": []", "billed_apart"),
    ("\(priced), \"output_cost_per_audio_token\": 8e-5", "billed_apart"),
    ("\(priced), \"input_cost_per_token_batches_above_200k_tokens\": 1e-7", "billed_apart"),
    ("\(priced), \"input_cost_per_glance\": 1", "unknown_prices"),
    ("\(priced), \"surcharge_multiplier\": 2", "unknown_prices"),
    (
      "\(priced), \"cache_read_input_token_cost\": 1e-8, \"input_cost_per_token_cache_hit\": 2e-8",
      "conflict"
    ),
    ("\(priced), \"input_cost_per_token_above_200k_tokens\": 3e-7", "incomplete_step"),
    ("\(priced), \"output_cost_per_token_above_200k_tokens\": 3e-7", "incomplete_step"),
    ("\(priced), \"supported_endpoints\": [\"/v1/responses\"]", "other_endpoint"),
    ("\(priced), \"max_input_tokens\": \"128k\"", "wrong_type"),
    ("\(priced), \"max_input_tokens\": 0.5", "wrong_type"),
    ("\(priced), \"max_output_tokens\": -1", "negative"),
    ("\(priced), \"max_output_tokens\": 1e15", "too_large"),
    ("\(priced), \"supports_vision\": \"yes\"", "wrong_type"),
    ("\(priced), \"source\": 5", "wrong_type"),
  ]

  @Test(arguments: refused)
  func `are refused with their reason`(members: String, code: String) throws {
    let list = try ListText(model: members.isEmpty ? "\"x\": 1" : members)
    #expect(list.only?.refusal?.code == code)
    let words = try #require(list.only?.refusal?.words)
    #expect(!words.isEmpty && !words.contains("\n"))
  }

  @Test func `take over every price exactly`() throws {
    let list = try ListText(
      model: """
        "input_cost_per_token": 1.5e-07, "output_cost_per_token": 0.0000006,
        "cache_read_input_token_cost": 7.5e-08, "input_cost_per_token_cache_hit": 0.75e-7,
        "cache_creation_input_token_cost": 0.0, "cache_creation_input_token_cost_above_1hr": 2E-6,
        "output_cost_per_reasoning_token": 1e-12, "input_cost_per_token_batches": 7.5e-08,
        "output_cost_per_token_batches": 3e-07, "input_cost_per_request": 0.005,
        "input_cost_per_token_above_200k_tokens": 3e-07,
        "output_cost_per_token_above_200k_tokens": 1.2e-06,
        "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 4e-06,
        "input_cost_per_token_above_128k_tokens": 2e-07,
        "output_cost_per_token_above_128k_tokens": 1e-06,
        "input_cost_per_token_priority": 3e-07, "cache_read_input_token_cost_flex": 1e-9,
        "input_cost_per_token_above_200k_tokens_priority": 6e-07,
        "max_input_tokens": 1.28e5, "max_output_tokens": 16384, "rpm": 500, "tpm": 200000
        """, name: "openai/gpt-4o:mini")
    #expect(list.findings == [])
    let catalog = try #require(list.catalog.value)
    let entry = try #require(catalog.vocabulary.models.first)
    let expected = ModelPrices(
      input: Price(picosPerToken: 150_000), output: Price(picosPerToken: 600_000),
      cachedInput: Price(picosPerToken: 75_000), cacheWrite: Price(picosPerToken: 0),
      cacheWriteLong: Price(picosPerToken: 2_000_000), reasoning: Price(picosPerToken: 1),
      batchInput: Price(picosPerToken: 75_000), batchOutput: Price(picosPerToken: 300_000),
      perRequest: Money(nanos: 5_000_000),
      longContext: [
        LongContextStep(
          threshold: 128_000, input: Price(picosPerToken: 200_000),
          output: Price(picosPerToken: 1_000_000), appliesToWholeRequest: true),
        LongContextStep(
          threshold: 200_000, input: Price(picosPerToken: 300_000),
          output: Price(picosPerToken: 1_200_000), cacheWriteLong: Price(picosPerToken: 4_000_000),
          appliesToWholeRequest: true),
      ])
    #expect(entry.prices == expected)
    #expect(entry.name == "openai/gpt-4o-mini")
    #expect(entry.window == 128_000 && entry.maxOutput == 16_384)
    let deployment = try #require(catalog.models.first?.deployments.first)
    #expect(deployment.upstream == "gpt-4o:mini")
    #expect(deployment.requestsPerMinute == 500 && deployment.tokensPerMinute == 200_000)
    #expect(list.only?.model?.notes.map(\.code) == ["renamed", "service_tiers"])
  }

  /// Members beside the prices, and what is noted instead of refused.
  static let noted: [(members: String, code: String)] = [
    ("\"input_cost_per_image\": 0.001", "images_billed_apart"),
    ("\"input_cost_per_audio_token\": 1e-6", "audio_billed_apart"),
    ("\"input_cost_per_video_per_second_above_8s_interval\": 1e-3", "video_billed_apart"),
    (
      "\"output_cost_per_image\": 0.1, \"supported_output_modalities\": [\"text\"]",
      "other_answers"
    ),
    ("\"search_context_cost_per_query\": {\"search_context_size_low\": 0.01}", "web_search"),
    ("\"code_interpreter_cost_per_session\": 0.03", "provider_tools"),
    ("\"input_dbu_cost_per_token\": 1.23456789e-05", "other_unit"),
    ("\"regional_processing_uplift_multiplier_eu\": 1.1", "regional_uplift"),
    ("\"max_input_tokens\": 10, \"max_output_tokens\": 20", "output_cut"),
    ("\"max_output_tokens\": 0", "limit_of_zero"),
    ("\"deprecation_date\": \"2026-12-31\"", "deprecation"),
  ]

  @Test(arguments: noted)
  func `keep a note of what a catalog cannot say`(members: String, code: String) throws {
    let list = try ListText(model: "\(Self.priced), \"supports_vision\": true, \(members)")
    #expect(list.findings == [])
    let model = try #require(list.only?.model)
    #expect(model.notes.map(\.code) == [code])
    #expect(model.capabilities.contains(.images) == (code != "images_billed_apart"))
  }

  @Test(arguments: [
    ("\"input_cost_per_token\": 0, \"output_cost_per_token\": 0.0", "free"),
    ("\"input_cost_per_token\": 1e-6, \"output_cost_per_token\": 0", "free"),
    ("\(priced), \"cache_read_input_token_cost\": 0", "free"),
    ("\"input_cost_per_token\": 0.0011, \"output_cost_per_token\": 1e-6", "expensive"),
    ("\(priced), \"input_cost_per_request\": 1.01", "expensive"),
  ])
  func `are set aside until their price is confirmed`(members: String, word: String) throws {
    let list = try ListText(model: members)
    #expect(list.findings == [])
    let catalog = try #require(list.catalog.value)
    #expect(catalog.vocabulary.models.isEmpty)
    #expect(catalog.vocabulary.setAside.map(\.name) == ["m"])
    #expect(catalog.vocabulary.setAside.flatMap(\.doubts) == list.only?.doubts)
    let cure = catalog.vocabulary.setAside.flatMap(\.doubts.cures)
    #expect(cure.count == 1 && cure[0].contains("`confirm: \(word)`"))
  }

  @Test func `that are no models are told by what they are`() throws {
    let list = try ListText(
      """
      {"sample_spec": {"mode": "one of"}, "a": 5, "b": {}, "c": {"mode": "rerank"},
       "d": {"mode": 1}, "e": {"mode": "chat"}, "f": {"mode": "chat", "litellm_provider": ""},
       "\\u0007": {"mode": "chat"}, "sk-proj-0123456789abcdef": {"mode": "chat"}, "": {}}
      """)
    #expect(
      list.draft.entries.compactMap { $0.refusal?.code } == [
        "not_an_object", "no_mode", "other_mode", "wrong_type", "no_provider", "no_provider",
        "bad_name", "bad_name", "bad_name",
      ])
    #expect(list.draft.samples == ["sample_spec"] && list.draft.total == 9)
    #expect(!list.draft.hasModels)
  }

  @Test(arguments: ["", "[]", "5", "{", "{\"a\": {}, \"a\": {}}", "{\"a\": {\"x\": 1, \"x\": 2}}"])
  func `of a text that is no list are not guessed at`(text: String) {
    #expect(throws: LiteLLMProblem.self) { try ListText(text) }
  }
}
