import PolicyUnits

extension Vocabulary {
  /// The catalog the pages of ``SemanticPages`` are written against: a handful of priced models, one
  /// without a price (`house-llm`), one set aside (`glm-4.5`), one embedder, two zones.
  package static var forPages: Vocabulary {
    func priced(
      _ name: String, _ input: Int64, _ output: Int64, region: String? = nil, tags: [String] = []
    ) -> ModelEntry {
      ModelEntry(
        name: name, deployments: [Deployment(provider: "global", region: region)], tags: tags,
        window: 64_000, maxOutput: 8_000, capabilities: Set(Capability.allCases),
        prices: ModelPrices(
          input: Price(picosPerToken: input), output: Price(picosPerToken: output)))
    }
    return Vocabulary(
      models: [
        priced("qwen3-8b", 10_000, 10_000, region: "eu", tags: ["local"]),
        priced("qwen3-32b", 280_000, 280_000, region: "eu"),
        priced("qwen3-long", 280_000, 280_000),
        priced("deepseek-v4-flash", 10_000, 250_000, region: "eu"),
        priced("deepseek-coder", 10_000, 250_000),
        priced("deepseek-reasoner", 350_000, 2_500_000),
        ModelEntry(
          name: "house-llm", deployments: [Deployment(provider: "house")], tags: ["local"]),
      ],
      embedders: [
        EmbedderEntry(
          name: "minilm", deployments: [Deployment(provider: "house")],
          price: Price(picosPerToken: 0))
      ],
      setAside: [
        SetAsideModel(
          name: "glm-4.5", doubts: [.highPrice(key: "input"), .highPrice(key: "output")])
      ],
      zones: ["Europe/Berlin", "UTC"],
      fingerprint: "pages")
  }
}
