package import PolicySemantics
package import PolicySource
package import PolicyUnits

/// A route as far as it can be planned without a request.
///
/// Made once for each route and arm, so that a decision only fills in what the request changes. A
/// class, so that a decision that looks at it copies nothing.
package final class RouteSkeleton: Sendable {
  /// A `refuse` line instead of calls.
  package let refusal: (message: String, span: Span)?
  /// One, or one for each arm of a split.
  package let arms: [ArmSkeleton]
  package let split: Split?

  init(refusal: (message: String, span: Span)?, arms: [ArmSkeleton], split: Split?) {
    self.refusal = refusal
    self.arms = arms
    self.split = split
  }

  /// Which arm a point of the hash falls into.
  package struct Split: Sendable {
    package let by: CheckedSplit.Key
    /// For each arm, the end of its share in millionths.
    package let ends: [Int64]
    package let arms: [(name: String, share: Share, span: Span)]
  }
}

/// One way through a route.
package final class ArmSkeleton: Sendable {
  /// As if every condition held and every identity were there.
  package let effects: [PlannedEffect]
  /// Where effects depend on the request.
  package let conditional: [Int]
  package let legs: [Plan.Leg]
  package let calls: [CallSkeleton]
  /// For each leg, the `max_budget` of its ladder.
  package let bounds: [MoneyBound?]
  package let systemLength: SystemLength
  /// Where a guard that drops tools stands among the effects.
  package let dropToolsAt: Int
  package let compresses: Bool

  init(
    effects: [PlannedEffect], conditional: [Int], legs: [Plan.Leg], calls: [CallSkeleton],
    bounds: [MoneyBound?], systemLength: SystemLength, dropToolsAt: Int
  ) {
    self.effects = effects
    self.conditional = conditional
    self.legs = legs
    self.calls = calls
    self.bounds = bounds
    self.systemLength = systemLength
    self.dropToolsAt = dropToolsAt
    self.compresses = effects.contains {
      if case .compress = $0.kind { true } else { false }
    }
  }
}

/// One call a route may make.
package struct CallSkeleton: Sendable {
  package let step: PlanStep
  /// `max_output` of the option or the model, whichever is less; nil for `requested`, whose model is
  /// not known yet, unless the option says.
  package let cap: Int64?
  package let limit: OutputCap.Limit
  /// Bytes of a prompt of its own: a judge's question, a compressor's order; nil if it is sent the
  /// request itself.
  package let promptBytes: Int64?
  /// Where its judges are among the calls.
  package let judges: Range<Int>
}
