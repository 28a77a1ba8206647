package import PolicySemantics
package import PolicySource
package import PolicyUnits

/// What would be done for a request, in the order it would happen.
package struct Plan: Sendable {
  /// Everything the route asks for, in the order it would run.
  package internal(set) var effects: [PlannedEffect]
  /// First what was selected, then its fallbacks in written order.
  package internal(set) var legs: [Leg]
  /// Calls before the legs (embedder, compressor), then leg by leg with each tier's judges after it,
  /// then shadows.
  package internal(set) var calls: [PlannedCall]
  /// Where the calls start: an index into `calls`, moved by `stick`.
  package internal(set) var start: Int

  package static let empty = Plan(
    effects: [], legs: [], calls: [], start: 0)

  /// The first call whose answer the caller could get.
  package var first: PlannedCall? { calls.dropFirst(start).first { $0.isKept && $0.step.answers } }
  /// The last tier, or the model itself, of the leg that starts: where a climb ends without
  /// failures.
  package var last: PlannedCall? {
    guard let leg = first?.step.leg else { return nil }
    return calls.last { $0.isKept && $0.step.answers && $0.step.leg == leg }
  }
  /// Kept calls whose answer the caller could get, in order.
  package var answering: [PlannedCall] {
    calls.dropFirst(start).filter { $0.isKept && $0.step.answers }
  }

  /// The `stop` that ends its answers early; nil for a route without one.
  package var stop: StopRule? {
    for effect in effects {
      if case .stop(let rule) = effect.kind, effect.state == .applies { return rule }
    }
    return nil
  }

  /// Up to how many requests are asked in one prompt, and how long the first of them waits for others;
  /// nil for a route that asks each alone.
  package var batch: (size: Int, within: Milliseconds)? {
    for effect in effects {
      if case .batch(let size, let within) = effect.kind, effect.state == .applies {
        return (size, within)
      }
    }
    return nil
  }

  /// Whose answers may be given again, and for how long; nil for a route without an exact cache, and
  /// for a request that lacks the identity it goes by.
  package var exactCache: CacheRule? {
    for effect in effects {
      if case .exactCache(let rule) = effect.kind, effect.state == .applies { return rule }
    }
    return nil
  }

  /// How near a question must be to one whose answer it gets, by which encoder and for how long; nil
  /// for a route without a similar cache, and for a request that lacks the identity it goes by.
  package var similarCache: SimilarCache? {
    for effect in effects {
      guard case .similarCache(let rule) = effect.kind, effect.state == .applies,
        case .similar(let threshold, let encoder) = rule.kind
      else { continue }
      return SimilarCache(rule: rule, threshold: threshold, encoder: encoder)
    }
    return nil
  }

  package struct SimilarCache: Sendable {
    package let rule: CacheRule
    package let threshold: Score
    package let encoder: EmbedderID
  }

  /// What was selected (the first) or a fallback.
  package struct Leg: Sendable {
    /// Empty for what was selected.
    package let follows: Set<CallFailure>
    /// Nil for a direct call.
    package let ladder: LadderID?
    package let span: Span
  }
}

extension PlanStep {
  /// Whether its answer could be the caller's.
  package var answers: Bool {
    switch role {
    case .direct, .tier: true
    case .judge, .compressor, .embedder, .shadow, .classifier: false
    }
  }
}

/// One line of the route, or one consequence of another declaration.
package struct PlannedEffect: Sendable {
  package let kind: Kind
  package let span: Span
  package let state: State

  package enum Kind: Sendable {
    case exactCache(CacheRule)
    /// Sets money aside; the budgets are those of the decision.
    case reserve
    case similarCache(CacheRule)
    case compress(CompressionID)
    case shape(ShapeRule)
    /// A guard takes the tools out of the request.
    case dropTools(GuardID)
    /// The calls of the plan happen here.
    case calls
    case stop(StopRule)
    case batch(size: Int, within: Milliseconds)
    case shadow(Share, CheckedTarget)
    case stick(Milliseconds)
  }

  package enum State: Hashable, Sendable {
    case applies
    /// Its `when` does not hold for this request.
    case conditionFails
    /// The request lacks the identity it goes by.
    case lacks(Identity)
    /// The conversation starts with the model that answered last.
    case startsWith(ModelID)
  }
}
