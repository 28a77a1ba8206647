import JSONReading
package import OpenAIWire
package import PolicyGraph
import PolicySource
package import PolicyUnits
package import RoutingBudgets
import RoutingRuntime

/// One request as the rim hands it over.
package struct AskedRequest: Sendable {
  /// As it came.
  package var request: ChatRequest
  /// What a decision may read of it; what budgets have used is filled in by the service.
  package var input: RequestInput
  /// The same key, caller and body get the same answer, and pay once; nil if the caller sent none.
  package var idempotencyKey: String?
  /// Its name, where the rim has given it one already.
  package var id: RequestID?
  /// Asked with the most it may cost before anything is called, each time it is decided; nil is no
  /// bound.
  ///
  /// Where it says no, the request is refused as `max_cost`.
  package var admits: (@Sendable (Money?) async -> Bool)?
  /// What its caller asks of the cache, in the body and beside it.
  package var cache: CacheControls

  package init(
    request: ChatRequest, input: RequestInput, idempotencyKey: String? = nil,
    id: RequestID? = nil
  ) {
    self.request = request
    self.input = input
    self.idempotencyKey = idempotencyKey
    self.id = id
    cache = request.cache ?? CacheControls()
  }
}

/// A request that has its name and its time.
///
/// A class: everybody who works on the request holds it, and none changes it.
package final class AcceptedRequest: Sendable {
  package let asked: AskedRequest
  let id: RequestID
  let time: Timestamp
  /// The fingerprint of the body as it came.
  let body: String
  let fingerprints: Decision.Fingerprints
  let began = ContinuousClock.now
  /// How long it had been under way before that: in another process, or in a batch.
  let waited: Milliseconds

  init(
    _ asked: AskedRequest, id: RequestID, time: Timestamp, fingerprints: Decision.Fingerprints,
    waited: Milliseconds = Milliseconds(0)
  ) {
    self.waited = waited
    self.asked = asked
    self.id = id
    self.time = time
    self.fingerprints = fingerprints
    body = StableHash.digest(of: asked.request.json.bytes).hex
  }
}
