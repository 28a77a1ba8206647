package import PolicyGraph
package import PolicySemantics
package import PolicySource

/// Something of a policy that its tests should show at least once.
package struct CoverageGoal: Hashable, Sendable {
  package let what: What
  /// The text of the policy it is about.
  package let span: Span

  package enum What: Hashable, Sendable {
    /// A request takes the route.
    case route(RouteID)
    /// A part of a condition has this value for a request, and the condition would have the other
    /// value if it had the other.
    ///
    /// `part` counts the parts of the condition in written order.
    case condition(ConditionSite, part: Int, holds: Bool)
    /// The tier is called.
    case tier(LadderID, Int)
    /// A gate of a tier takes an answer, or does not.
    case gate(LadderID, tier: Int, pass: Int, accepts: Bool)
    /// The fallback is called.
    case fallback(RouteID, Span)
    /// A request is sent down the arm of a split.
    case arm(RouteID, Int)
    /// A line of a route applies.
    case line(RouteID, Span)
    /// A guard's condition holds for a request.
    case guarding(GuardID)
    /// A budget or limit refuses a request.
    case budget(BudgetID)
    /// A gate that asks somebody gets no answer about a model's answer.
    case gateFails(GateID)
    /// The same of a classifier that a decision asks.
    case classifierFails(ClassifierID)
  }

  /// What is counted together.
  package enum Kind: String, CaseIterable, Sendable {
    case routes, conditions, tiers, gates, fallbacks, effects, failures
  }

  package init(_ what: What, at span: Span) {
    self.what = what
    self.span = span
  }

  package var kind: Kind {
    switch what {
    case .route: .routes
    case .condition: .conditions
    case .tier: .tiers
    case .gate: .gates
    case .fallback: .fallbacks
    case .arm, .line, .guarding, .budget: .effects
    case .gateFails, .classifierFails: .failures
    }
  }
}
