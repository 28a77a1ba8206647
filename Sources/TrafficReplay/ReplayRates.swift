package import PolicySemantics
package import PolicyUnits

/// What a log cannot tell and its reader has to say.
package struct ReplayRates: Sendable {
  /// Of a model's answers, the share its gates accept; wins over what the log measured.
  package var acceptance: [ModelID: Acceptance] = [:]
  /// Of the input tokens, what a compression takes away where a route has one; nil leaves it out.
  package var compression: Share?
  /// Of the cost, what is saved where a route has a batch line; nil leaves it out.
  package var batching: Share?

  package init() {}
}
