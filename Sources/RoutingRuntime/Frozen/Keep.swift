package import PolicySemantics
import PolicyUnits

/// Which deployments of a model or embedder a guard's line keeps.
package enum Keep: Hashable, Sendable {
  case all
  /// Ascending indices, at least one and not all.
  case some([Int])
  case none

  init(_ kept: [Int], of count: Int) {
    self = kept.isEmpty ? .none : kept.count == count ? .all : .some(kept)
  }
}

extension ModelCondition {
  /// Holds the condition against each deployment of a model.
  package func keep(_ model: ModelEntry) -> Keep {
    let kept = model.deployments.indices.filter { index in
      holds { $0.holds(model, model.deployments[index]) }
    }
    return Keep(kept, of: model.deployments.count)
  }

  /// An embedder has no tags, no window and no output: tests of them fail.
  package func keep(_ embedder: EmbedderEntry) -> Keep {
    let model = ModelEntry(
      name: embedder.name, deployments: embedder.deployments, capabilities: [],
      prices: ModelPrices(input: embedder.price))
    return keep(model)
  }

  private func holds(_ test: (ModelTest) -> Bool) -> Bool {
    switch self {
    case .all(let parts, _): parts.allSatisfy { $0.holds(test) }
    case .any(let parts, _): parts.contains { $0.holds(test) }
    case .not(let part, _): !part.holds(test)
    case .test(let modelTest, _): test(modelTest)
    }
  }
}

extension ModelTest {
  /// What is unknown of a model passes no test.
  package func holds(_ model: ModelEntry, _ deployment: Deployment) -> Bool {
    switch self {
    case .name(let names): names.contains(model.name)
    case .provider(let providers): providers.contains(deployment.provider)
    case .region(let regions): deployment.region.map(regions.contains) ?? false
    case .tag(let tags): model.tags.contains { tags.contains($0) }
    case .window(let comparison, let tokens):
      model.window.map { comparison.holds($0, tokens) } ?? false
    case .inputPrice(let comparison, let price):
      model.prices.input.map { comparison.holds($0.picosPerToken, price.picosPerToken) } ?? false
    case .outputPrice(let comparison, let price):
      model.prices.output.map { comparison.holds($0.picosPerToken, price.picosPerToken) } ?? false
    }
  }

}
