import HTTPUpstream
package import PolicySemantics
package import PolicyUnits
import RoutingCatalog
package import RoutingRuntime

/// Makes many texts into vectors: in batches, each text once, within what it may cost.
package struct TextEncoding: Sendable {
  /// Texts in one call.
  package static let batch = 64

  private let runner: RequestRunner
  private let embedder: EmbedderID
  private let most: Money?
  package private(set) var cost = CallCost.nothing
  package private(set) var calls = 0
  /// The models that answered, by provider and by their names there: `openai/text-embedding-3-small`.
  package private(set) var models: Set<String> = []

  /// `most` is what all calls together may cost; nil for no limit.
  package init(_ runner: RequestRunner, embedder: EmbedderID, most: Money?) {
    self.runner = runner
    self.embedder = embedder
    self.most = most
  }

  package enum Failure: Error, Hashable, Sendable {
    /// What the next call may cost does not fit, or is not known.
    case limit(most: Money, next: Money?)
    case call(String)
    case cancelled
  }

  /// One vector for each text, in order, in one call.
  ///
  /// At most ``batch`` texts. What it may cost at most is known before: a token is at least a byte.
  package mutating func vectors(of texts: [String]) async throws(Failure) -> [[Float]] {
    guard !texts.isEmpty else { return [] }
    let tokens = texts.reduce(Int64(0)) { $0 + Int64($1.utf8.count) + 8 }
    let bound = bound(tokens)
    if let most {
      guard let bound, let spent = cost.money, spent + bound <= most else {
        throw .limit(most: most, next: bound)
      }
    }
    guard runner.catalog.embedders.indices.contains(embedder.index) else {
      throw .call("the catalog has no such embedder")
    }
    let places = Array(runner.catalog.embedders[embedder.index].deployments.indices)
    let call = EmbedderCall(runner: runner, embedder: embedder, deployments: places)
    let (vectors, record) = await call.send(
      texts, within: AsideDeadlines.model, reserved: bound, reservedTokens: tokens)
    calls += 1
    cost = cost + (record.aside?.cost ?? .nothing)
    if Task.isCancelled { throw .cancelled }
    guard let vectors else {
      throw .call(record.problem ?? "the answer holds no vectors, or not one for each text")
    }
    models.insert(record.provider + "/" + record.upstream)
    return vectors
  }

  /// What so many tokens cost; nil where the catalog has no price.
  private func bound(_ tokens: Int64) -> Money? {
    let embedders = runner.catalog.vocabulary.embedders
    guard embedders.indices.contains(embedder.index), let price = embedders[embedder.index].price
    else { return nil }
    var cost = ExactCost()
    cost.add(tokens, at: price)
    return cost.roundedUp
  }
}
