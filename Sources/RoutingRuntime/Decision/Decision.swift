package import PolicyGraph
package import PolicySemantics
package import PolicySource
package import PolicyUnits

/// What a policy says about one request: a plain value, the same for the same input byte for byte.
///
/// It holds identifiers and figures, never sentences.
package struct Decision: Sendable {
  package internal(set) var outcome: Outcome
  /// The route that matched.
  ///
  /// Known also when the request was refused after its route was found.
  package internal(set) var route: RouteID?
  /// Nil if the policy declares no tasks, or if a classifier has to answer first.
  package internal(set) var task: TaskID?
  /// The arm of the route's split, if it has one.
  package internal(set) var arm: ChosenArm?
  /// What would be done, in order; empty unless a route was found.
  package internal(set) var plan: Plan
  /// Every budget and limit whose `when` this request meets, in declaration order.
  package internal(set) var budgets: [BudgetStanding]
  /// Of everything the plan may call.
  package internal(set) var cost: CostInterval
  /// The same in tokens.
  package internal(set) var tokens: TokenSpend
  /// Classifiers that were answered on the way, in the order they were needed.
  package internal(set) var classifiers: [ClassifierUse]
  /// How the route and the task were found: node ids and values of the graph.
  package internal(set) var trace: Trace?
  package let fingerprints: Fingerprints

  package enum Outcome: Sendable {
    case route(RouteID)
    case refused(Refusal)
    /// The decision depends on a classifier nobody has answered; resume with its label.
    ///
    /// The plan holds the one call that would answer it.
    case needs(ClassifierID)
  }

  /// What identifies the policy and the catalog that decided.
  package struct Fingerprints: Hashable, Sendable {
    package let policy: String
    package let catalog: String

    package init(policy: String, catalog: String) {
      self.policy = policy
      self.catalog = catalog
    }
  }
}

extension Decision {
  /// What serving the request costs at most, and what it is expected to: nothing where it is refused,
  /// whatever its plan would have called.
  package var worstCost: CostFigure { isRefused ? .known(.zero) : cost.atMost }
  package var expectedCost: CostFigure { isRefused ? .known(.zero) : cost.expected }

  private var isRefused: Bool {
    if case .refused = outcome { true } else { false }
  }
}

/// The arm a split chose and what it was chosen by.
package struct ChosenArm: Sendable {
  /// Index into the split's arms.
  package let index: Int
  package let name: String
  package let share: Share
  package let by: CheckedSplit.Key
  /// What was hashed in truth: an identity the request lacks gives way to the key, then to the
  /// request itself.
  package let hashed: CheckedSplit.Key
  package let span: Span
}

/// A classifier's answer as the decision used it.
package struct ClassifierUse: Hashable, Sendable {
  package let classifier: ClassifierID
  /// Index into its labels.
  package let label: Int
  package let origin: Origin

  package enum Origin: Hashable, Sendable {
    /// Known from the recorded state.
    case recorded
    /// A guard keeps its model from this text, so it failed.
    case failed(byGuard: GuardID)
  }
}
