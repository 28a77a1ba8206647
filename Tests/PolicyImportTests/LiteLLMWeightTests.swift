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
}
