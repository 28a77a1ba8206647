package import OpenAIWire
package import PolicyUnits
package import RoutingCache
package import RoutingRuntime

/// Answers that may be given again, shared by all versions of a policy and all who ask at once.
package final class AnswerCache: Sendable {
  package let store: AnswerStore
  let flight = SingleFlight()
  let rests = EncoderRests()
  let readings = AnswerReadings()

  package init(_ store: AnswerStore) { self.store = store }
}

/// What the cache was to one request.
package enum CacheUse: String, Hashable, Sendable, CaseIterable {
  /// Its route has no cache, or there is none.
  case none
  /// The answer had been given before.
  case hit
  /// The answer had been given before, to a question near this one.
  case similar
  /// It had not; the new one is kept if it may be.
  case miss
  /// The caller wanted a new one.
  case refresh
  /// Nothing is looked up or kept: the caller said so, or lacks the identity the cache goes by.
  case skip
}

/// An answer out of the cache.
package final class CachedHit: Sendable {
  package let answer: CachedAnswer
  package let response: ChatResponse
  /// Whole seconds since it was stored.
  package let age: Int64
  /// What classifiers and the encoder took that were asked before it was found.
  package let spent: CallCost
  /// Their calls.
  package let calls: Int
  /// How near the question it was given to is; nil for one to the same request.
  package let similarity: Score?

  init(
    _ answer: CachedAnswer, _ response: ChatResponse, age: Int64, spent: CallCost, calls: Int,
    similarity: Score?
  ) {
    self.answer = answer
    self.response = response
    self.age = age
    self.spent = spent
    self.calls = calls
    self.similarity = similarity
  }

  /// The catalog's name of the model that gave it.
  package var model: String { answer.origin.model }
}
