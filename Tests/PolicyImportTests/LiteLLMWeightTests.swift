import PolicyCompiler
import PolicyImport
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingTestSupport
import Testing

@Suite struct `Weights of LiteLLM` {
  /// With one price the deployments have the weights, with several the arms of a split.
  @Test(arguments: [UInt64(5), 51])
  func `are the shares of its deployments, by weight, else rpm, else tpm`(seed: UInt64) throws {
    print("weights, seed \(seed)")
    var random = SplitMix(state: seed)
    for _ in 0..<40 {
      let count = Int.random(in: 2...6, using: &random)
      let key = ["weight", "rpm", "tpm"].randomElement(using: &random) ?? "rpm"
      let weights = (0..<count).map { _ in Int64.random(in: 1...500, using: &random) }
      let samePrice = Bool.random(using: &random)
      let ask = try ImportedAsk(.litellm, Self.yaml(key, weights, samePrice: samePrice))
      let shares = samePrice ? try Self.deployed(ask) : try Self.split(ask)
      let sum = weights.reduce(0, +)
      #expect(shares.count == count)
      for (share, weight) in zip(shares, weights) {
        let exact = Double(weight) / Double(sum)
        #expect(abs(share - exact) < 0.000_002, "\(share) for \(weight) of \(sum)")
      }
    }
  }

  private static func deployed(_ ask: ImportedAsk) throws -> [Double] {
    let models = try #require(ask.compilation.compiled).catalog.models
    #expect(models.count == 1)
    let weights = models[0].deployments.map { Double($0.weight) }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  private static func split(_ ask: ImportedAsk) throws -> [Double] {
    let route = try #require(ask.policy).routes[0]
    guard case .split(let split) = route.action else { return [] }
    #expect(split.by == .request)
    // Where an arm's model fails, the others of the group follow.
    #expect(split.arms.allSatisfy { $0.use.fallbacks.count == split.arms.count - 1 })
    return split.arms.map { Double($0.share.millionths) / 1_000_000 }
  }

  private static func yaml(_ key: String, _ weights: [Int64], samePrice: Bool) -> String {
    var text = "model_list:\n"
    for (number, weight) in weights.enumerated() {
      text += """
          - model_name: chat
            litellm_params: {model: openai/m\(number), \(key): \(weight)}
            model_info: {input_cost_per_token: 0.00000\(samePrice ? 1 : number + 1), output_cost_per_token: 0.00002}

        """
    }
    return text
  }

  @Test func `of 0 beside others are told of and not called`() throws {
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
        - model_name: chat
          litellm_params: {model: openai/a, weight: 0}
        - model_name: chat
          litellm_params: {model: openai/b, weight: 2}
      """)
    let models = try #require(ask.compilation.compiled).catalog.models
    #expect(models.map { $0.deployments.map(\.upstream) } == [["b"]])
    #expect(ask.imported.findings.contains { $0.line == 2 && $0.kind == .leftOut })
  }

  /// The upstreams that are called, and the lines of what was left out.
  private static func called(
    _ deployments: [String], strategy: String? = nil
  ) throws -> (upstreams: [String], leftOut: [Int], imported: ImportedPolicy) {
    var text = "model_list:\n"
    for deployment in deployments {
      // Of one price, so that they are one model of the catalog.
      text +=
        "  - {model_name: chat, litellm_params: {\(deployment)}, model_info: "
        + "{input_cost_per_token: 1e-6, output_cost_per_token: 2e-6}}\n"
    }
    text += "  - {model_name: other, litellm_params: {model: openai/other}}\n"
    if let strategy { text += "router_settings: {routing_strategy: \(strategy)}\n" }
    let ask = try ImportedAsk(.litellm, text)
    let models = try #require(ask.compilation.compiled).catalog.models
    let found = models.first { $0.name == "chat" }?.deployments.map(\.upstream) ?? []
    let left = ask.imported.findings.filter { $0.kind == .leftOut }.map(\.line)
    return (found, left, ask.imported)
  }

  /// The proxy looks at the first deployment to see what calls go by, and takes what is missing for 0.
  @Test(arguments: [
    (["model: openai/a, rpm: 10", "model: openai/b"], ["a"], [3]),
    (["model: openai/a", "model: openai/b, rpm: 10"], ["a", "b"], []),
    (["model: openai/a, tpm: 10", "model: openai/b, rpm: 10"], ["a"], [3]),
    (["model: openai/a", "model: openai/b, weight: 9"], ["a", "b"], [3]),
    (["model: openai/a, rpm: 5", "model: openai/b, rpm: 5, weight: 9"], ["a", "b"], [3]),
    (["model: openai/a, weight: 9", "model: openai/b, weight: 1"], ["a", "b"], []),
    (["model: openai/a, weight: 1, rpm: 9", "model: openai/b, rpm: 9"], ["a"], [3]),
    (["model: bedrock/a, weight: 2", "model: openai/b"], [], [2, 3]),
    (["model: openai/a, order: 1, rpm: 5", "model: openai/b, order: 2"], ["a"], []),
  ])
  func `go by what the first deployment of those asked together has`(
    deployments: [String], upstreams: [String], leftOut: [Int]
  ) throws {
    let found = try Self.called(deployments)
    #expect(found.upstreams == upstreams)
    #expect(found.leftOut == leftOut)
  }

  /// `rpm` is a limit to these, and one without it has none.
  @Test(arguments: [
    "least-busy", "latency-based-routing", "usage-based-routing", "usage-based-routing-v2",
    "cost-based-routing",
  ])
  func `are none where the strategy looks at none`(strategy: String) throws {
    let limits = try Self.called(
      ["model: openai/a, rpm: 10", "model: openai/b"], strategy: strategy)
    #expect(limits.upstreams == ["a", "b"])
    #expect(!limits.leftOut.contains(3))
    let catalog = try #require(limits.imported.catalog)
    #expect(catalog.contains("rpm: 10") && !catalog.contains("weight:"))
    // A weight somebody wrote is told of, and does not come back under another strategy.
    let weights = try Self.called(
      ["model: openai/a, weight: 3", "model: openai/b, weight: 1"], strategy: strategy)
    #expect(weights.upstreams == ["a", "b"])
    #expect(Set(weights.leftOut).isSuperset(of: [2, 3]))
    #expect(try !#require(weights.imported.catalog).contains("weight:"))
  }

  /// Whatever becomes of the deployment that took its calls.
  @Test(arguments: [nil, "simple-shuffle", "least-busy", "usage-based-routing"])
  func `of 0 are never called, not even where nobody else is left`(strategy: String?) throws {
    let found = try Self.called(
      ["model: openai/drained, weight: 0", "model: bedrock/b, weight: 2"], strategy: strategy)
    #expect(found.upstreams == [])
    #expect(Set(found.leftOut).isSuperset(of: [2, 3]))
    let catalog = try #require(found.imported.catalog)
    #expect(!catalog.contains("drained"))
    let policy = try #require(found.imported.policy)
    #expect(!policy.contains("chat"))
  }
}
