package import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// One call a class of requests makes, in order: what it costs if it is made.
package struct ReplayStep: Sendable {
  package let model: ModelID
  /// The ladder it is a tier of; nil for a direct call.
  package let ladder: LadderID?
  /// Whether gates decide about its answer.
  package let isGated: Bool
  let judges: [Judge]
  /// Its model's prices: every request looks at them.
  let tariff: Tariff

  /// A call about its answer: it is sent the request, the answer and a prompt of its own.
  struct Judge: Hashable, Sendable {
    let model: ModelID
    /// Of its own prompt, at four bytes to each.
    let promptTokens: Int64
    /// What its answer may have; it is taken to use it up.
    let cap: Int64
  }

  /// Of the requests that are not answered out of a cache; nanos of money.
  package internal(set) var missed: Int128 = 0
  /// Of all.
  package internal(set) var all: Int128 = 0
  /// Of those that are not answered out of a cache, their input as short as a compression leaves it.
  package internal(set) var compressed: Int128 = 0
}
