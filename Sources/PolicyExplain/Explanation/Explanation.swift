package import PolicyUnits
package import RoutingRuntime

/// Why a request was decided as it was: the words for a `Decision`, ready for a screen or a machine.
///
/// Every statement keeps the place in the policy that made it. Renderers lay it out and add nothing.
package struct Explanation: Sendable {
  package var policyPath: String
  package var policyFingerprint: String
  package var catalogFingerprint: String
  /// The file or name the request came under; nil if it has none.
  package var requestName: String?
  package var outcome: Outcome
  /// The route that matched; nil if a guard or a classifier came first.
  package var route: RouteLine?
  package var task: TaskLine?
  package var arm: ArmLine?
  /// Earlier routes that did not match, nearest first, then in written order.
  package var missed: [MissedRoute]
  package var calls: [CallLine]
  package var effects: [EffectLine]
  package var budgets: [BudgetLine]
  package var cost: CostLine
  /// What the expected cost rests on; nil if there is none.
  package var expectedBasis: String?
  /// The catalog's: what every amount is in.
  package var currency: String
}

extension Explanation {
  package enum Outcome: Sendable {
    case route
    case refused(Statement, code: String)
    /// A classifier has to answer first; each label with the explanation it would lead to.
    case needs(classifier: String, method: Statement, branches: [Branch])
  }

  /// What would be decided if the classifier answered `label`.
  package struct Branch: Sendable {
    package var label: String
    package var isFailureValue: Bool
    package var explanation: Explanation

    package init(label: String, isFailureValue: Bool, explanation: Explanation) {
      self.label = label
      self.isFailureValue = isFailureValue
      self.explanation = explanation
    }
  }

  /// A sentence and the place in the policy that makes it true.
  package struct Statement: Hashable, Sendable {
    package var text: String
    package var place: Place?
  }

  /// A place in the policy or the catalog, 1-based.
  package struct Place: Hashable, Sendable {
    package var path: String
    package var line: Int
    package var column: Int
  }

  package struct RouteLine: Sendable {
    package var name: String
    package var place: Place?
    /// The conditions that decided, each as written with what was seen; empty for `otherwise`.
    package var why: [Observation]
  }

  /// A condition as it was written, and what the request showed.
  package struct Observation: Sendable {
    package var condition: String
    package var observed: String
    package var holds: Bool
    package var place: Place?
  }

  package struct MissedRoute: Sendable {
    package var name: String
    package var place: Place?
    /// How many of its tests would have to turn out otherwise.
    package var distance: Int
    package var failed: Observation
  }

  package struct TaskLine: Sendable {
    package var name: String
    package var place: Place?
    package var why: [Observation]
  }

  package struct ArmLine: Sendable {
    package var name: String
    package var share: Share
    package var text: String
    package var place: Place?
  }

  package struct CallLine: Sendable {
    /// `tier 1`, `model`, `fallback on too_long`, `judge helpful`.
    package var step: String
    package var ladder: String?
    package var model: String
    package var deployments: [String]
    /// Whether its answer could be the caller's.
    package var isAnswering: Bool
    /// The gates as written: `helpful >= 0.8`.
    package var gates: [String]
    /// When its answer goes out to a caller who streams; nil if it is nobody's answer.
    package var delivery: StreamDelivery?
    package var isKept: Bool
    package var dropped: Statement?
    package var input: TokenInterval
    package var maxOutput: Int64?
    package var outputLimit: String
    /// What the budget leaves if every call before it cost its most; nil if money does not bound it.
    package var outputAtWorst: Int64?
    package var attempts: Int
    package var cost: CostLine
    package var place: Place?
  }

  package struct EffectLine: Sendable {
    package var text: String
    package var note: String?
    package var applies: Bool
    package var place: Place?
  }

  package struct BudgetLine: Sendable {
    package var name: String
    package var text: String
    package var isSpent: Bool
    package var place: Place?
  }

  package struct CostLine: Sendable {
    package var atLeast: Figure
    package var expected: Figure
    package var atMost: Figure
  }

  /// An amount, or why there is none.
  package enum Figure: Hashable, Sendable {
    case known(Money)
    case unknown(String)
  }
}
