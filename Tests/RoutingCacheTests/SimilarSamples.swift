import JSONReading
import PolicyGraph
import PolicySemantics
import RoutingBudgets
import RoutingTestSupport

@testable import RoutingCache

/// Questions and vectors the tests of similar answers are made of.
extension Samples {
  static let encoder = SimilarEncoder("minilm")

  static func place(
    _ question: String, tenant: String = "acme", system: String = "You help.",
    encoder: SimilarEncoder = Samples.encoder, language: String = "en"
  ) throws -> SimilarPlace? {
    try place(
      of: JSONText(
        #"{"messages":[{"role":"system","content":"\#(system)"},{"role":"user","content":"\#(question)"}]}"#
      ), tenant: tenant, encoder: encoder, language: language)
  }

  static func place(
    of body: JSONText, tenant: String = "acme", encoder: SimilarEncoder = Samples.encoder,
    language: String = "en"
  ) throws -> SimilarPlace? {
    SimilarPlace(
      body, try input(),
      in: CacheKey.Situation(partition: try partition(tenant), arm: CacheDigest(of: [])),
      encoder: encoder, language: language)
  }

  static func question(
    _ text: String, _ vector: [Float], tenant: String = "acme", system: String = "You help."
  ) throws -> SimilarQuestion {
    guard let place = try place(text, tenant: tenant, system: system),
      let vector = UnitVector(vector)
    else { throw NoQuestion(text: text) }
    return SimilarQuestion(at: place, vector)
  }

  struct NoQuestion: Error {
    let text: String
  }

  /// Numbers a seed gives.
  static func vector(_ seed: UInt64, dimension: Int = 16) -> [Float] {
    var random = SplitMix(state: seed)
    return (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
  }
}
