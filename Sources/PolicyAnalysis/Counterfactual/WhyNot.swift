package import PolicyGraph
package import PolicySemantics
import PolicyUnits
package import RoutingRuntime

/// What a request should have come to.
package enum WhyNotTarget: Hashable, Sendable {
  /// It takes the route: the route's plan is made, or it is the route that refuses.
  case route(RouteID)
  /// The model is called first.
  case model(ModelID)

  package func isMet(by decision: Decision) -> Bool {
    switch (self, decision.outcome) {
    case (.route(let wanted), .route(let route)): wanted == route
    case (.route(let wanted), .refused(.byRoute(let route, _, _))): wanted == route
    case (.route, .refused), (.route, .needs), (.model, .refused), (.model, .needs): false
    case (.model(let wanted), .route): decision.plan.first?.model == wanted
    }
  }
}

/// Why a request did not come to something: what would have to be different.
package enum WhyNot: Sendable {
  /// It does.
  case already(Decision)
  case change(Counterfactual)
  /// No request comes to it, whatever is changed; of a route, what is known of who reaches it.
  case never(Reachability?)
  /// Only with changes to these as well, which are kept.
  case kept([String])
  case notDecided(Reason)

  package enum Reason: Hashable, Sendable {
    case engine(NotDecided)
    /// The policy refuses the request before it looks at any condition.
    case unreadable
    /// Plans split into more cases than are looked at.
    case tooManyCases
    case tooManySets(of: Int)
    /// A change to these may do, but none could be built that does.
    case notBuilt([String])
    /// The conditions are met: it hangs on how large the request is, what is left of a budget, or
    /// on the arm it draws.
    case hangsOnSize
  }
}

/// The least change that makes a request come to something: fewest fields, then nearest values.
///
/// Certified: the changed request was decided.
package struct Counterfactual: Sendable {
  /// First what a caller changes most easily.
  package let changes: [FieldChange]
  package let request: RequestInput
  package let before: Decision
  package let decision: Decision
  /// What was assumed of the request: classifiers nobody answered, with their answer on failure.
  package let assumed: [FieldChange]
}

/// One line of a change.
package struct FieldChange: Hashable, Sendable {
  package let field: String
  package let what: What

  package enum What: Hashable, Sendable {
    case value(from: String, to: String)
    /// A test the text must pass or fail: `must mention "refund"`.
    case text(String)
  }
}

extension WhyNot.Reason {
  /// The reason in words, to stand after a colon.
  package var words: String {
    switch self {
    case .engine(let reason): reason.words
    case .unreadable: "the policy refuses the request before it looks at any condition"
    case .tooManyCases: "its plans split into too many cases"
    case .tooManySets(let count):
      "there are too many sets of \(Amounts.count(count, "field")) to look at"
    case .notBuilt(let fields):
      "a change to \(fields.joined(separator: ", ")) may do, but no request that does could be built"
    case .hangsOnSize:
      "the conditions are met; it hangs on the size of the request, on what a budget has left, or "
        + "on the arm that is drawn"
    }
  }
}
