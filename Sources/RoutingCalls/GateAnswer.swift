package import PolicyUnits
package import RoutingRuntime

/// What came of asking a gate.
package struct GateAnswer: Sendable {
  package var result: GateResult
  /// What asking cost; nil if that is not known.
  package var billed: Money?
  /// The tokens asking used; nil if that is not known.
  package var tokens: Int64?
  /// Whether `billed` and `tokens` are the most it may have been: a provider gave no figures.
  package var isBound = false
  /// The calls made to ask it, in order; empty for a gate that needs none.
  package var calls: [CallRecord]

  package init(
    _ result: GateResult, billed: Money? = .zero, tokens: Int64? = 0, calls: [CallRecord] = []
  ) {
    self.result = result
    self.billed = billed
    self.tokens = tokens
    self.calls = calls
  }
}
