package import OpenAIWire
package import RoutingCache

/// Answers that may be given again, shared by all versions of a policy and all who ask at once.
package final class AnswerCache: Sendable {
  package let store: AnswerStore
  let flight = SingleFlight()

  package init(_ store: AnswerStore) { self.store = store }
}

/// What the cache was to one request.
package enum CacheUse: String, Hashable, Sendable, CaseIterable {
  /// Its route has no exact cache, or there is none.
  case none
  /// The answer had been given before.
  case hit
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

  init(_ answer: CachedAnswer, _ response: ChatResponse, age: Int64) {
    self.answer = answer
    self.response = response
    self.age = age
  }

  /// The catalog's name of the model that gave it.
  package var model: String { answer.origin.model }
}
