package import PolicyUnits
package import RoutingBudgets
package import Synchronization

/// An answer that was given once and may be given again.
///
/// A class, so that handing one out of memory copies nothing. Immutable but for its reading.
package final class CachedAnswer: Sendable {
  /// Its JSON as it was kept: the provider's own, or put together of a stream's chunks.
  package let body: [UInt8]
  package let origin: Origin
  package let stored: Timestamp
  /// From then on it is not given out.
  package let expiry: Timestamp
  /// Bytes it is counted at: itself, and what it takes to find it again.
  let size: Int
  /// What whoever gives it out has read of its body, to be let go with it; nil for most.
  ///
  /// It is not in ``size``: whoever keeps readings bounds them.
  package let reading = Mutex<(any Sendable)?>(nil)

  /// The request it answered first.
  package struct Origin: Hashable, Sendable {
    package var request: RequestID
    package var route: String
    package var tenant: String?
    /// The catalog's name of the model that answered.
    package var model: String
    /// What the request cost then, whatever it called; nil if nobody knows.
    package var cost: Money?
    package var currency: String
    package var tokens: Tokens?

    package init(
      request: RequestID, route: String, tenant: String?, model: String, cost: Money?,
      currency: String, tokens: Tokens?
    ) {
      self.request = request
      self.route = route
      self.tenant = tenant
      self.model = model
      self.cost = cost
      self.currency = currency
      self.tokens = tokens
    }
  }

  /// What its provider counted.
  package struct Tokens: Hashable, Sendable {
    package var input: Int64
    /// Of the input.
    package var cachedInput: Int64
    package var output: Int64

    package init(input: Int64, cachedInput: Int64, output: Int64) {
      self.input = input
      self.cachedInput = cachedInput
      self.output = output
    }
  }

  package init(body: [UInt8], origin: Origin, stored: Timestamp, expiry: Timestamp) {
    self.body = body
    self.origin = origin
    self.stored = stored
    self.expiry = expiry
    size =
      body.count + origin.route.utf8.count + origin.model.utf8.count
      + (origin.tenant?.utf8.count ?? 0) + Self.overhead
  }

  package func isFresh(at now: Timestamp) -> Bool { now < expiry }

  /// Whole milliseconds since it was stored; 0 where the clock has gone back.
  package func age(at now: Timestamp) -> Milliseconds {
    let (age, isBeyond) = now.milliseconds.subtractingReportingOverflow(stored.milliseconds)
    return Milliseconds(isBeyond ? 0 : max(0, age))
  }

  /// Of an entry without its texts, in memory and on disk about the same.
  static let overhead = 400
}
