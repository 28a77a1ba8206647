import CatalogImport
import PolicyImport
import PolicySemantics
import Testing

@Suite struct `Abilities of a model of LiteLLM` {
  private static let assumed: Set<Capability> = [.text, .tools, .json, .jsonSchema, .streaming]

  private static func imported(
    _ info: String, list: String? = nil
  ) throws -> (abilities: Set<Capability>, imported: ImportedPolicy) {
    var options = ImportOptions()
    if let list { options.prices = try LiteLLMImport.read(Array(list.utf8)) }
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
        - model_name: chat
          litellm_params: {model: openai/gpt-4o}
          model_info:
            input_cost_per_token: 0.0000025
            output_cost_per_token: 0.00001
            \(info)
      """, options)
    let model = try #require(ask.policy).vocabulary.models[0]
    return (Set(model.capabilities).union([.text]), ask.imported)
  }

  /// Each of them adds one or takes one, and leaves the others.
  @Test(arguments: [
    ("id: a", assumed),
    ("supports_vision: true", assumed.union([.images])),
    ("supports_vision: false", assumed),
    ("supports_image_input: true", assumed.union([.images])),
    ("supports_reasoning: true", assumed.union([.reasoning])),
    ("supports_function_calling: true", assumed),
    ("supports_function_calling: false", assumed.subtracting([.tools])),
    ("supports_response_schema: false", assumed.subtracting([.jsonSchema])),
    ("supports_native_streaming: false", assumed.subtracting([.streaming])),
  ])
  func `are told one by one`(info: String, abilities: Set<Capability>) throws {
    let found = try Self.imported(info)
    #expect(found.abilities == abilities)
    #expect(found.imported.extent == .whole)
  }

  @Test func `are those of a price list where the file is silent`() throws {
    let list = """
      {"gpt-4o": {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 2.5e-06,
      "output_cost_per_token": 1e-05, "supports_function_calling": true, "supports_reasoning": true}}
      """
    let found = try Self.imported("supports_vision: true", list: list)
    #expect(found.abilities == [.text, .tools, .images, .streaming, .reasoning])
    let without = try Self.imported("supports_function_calling: false", list: list)
    #expect(without.abilities == [.text, .streaming, .reasoning])
  }

  /// A price that stands there and no catalog has is told of, with what is left out for it.
  @Test(arguments: [
    ("input_cost_per_image: 0.5", "so `images` is left out"),
    ("input_cost_per_audio_token: 0.5", "audio in a prompt is billed by"),
    ("search_context_cost_per_query: {search_context_size_low: 0.03}", "web search is billed by"),
    ("input_cost_per_token_priority: 0.00001", "other service tiers are billed by"),
  ])
  func `do not hide what is billed apart`(price: String, says: String) throws {
    let found = try Self.imported("supports_vision: true\n      \(price)")
    let key = price.prefix { $0 != ":" }
    let left = found.imported.findings.filter { $0.kind == .leftOut }
    #expect(left.map(\.what) == ["model_list[0].model_info.\(key)"])
    #expect(left.map(\.line) == [8])
    #expect(left.allSatisfy { $0.why.contains(says) && $0.why.contains("`\(key)`") }, "\(left)")
    #expect(found.abilities.contains(.images) == !price.contains("image"))
  }
}
