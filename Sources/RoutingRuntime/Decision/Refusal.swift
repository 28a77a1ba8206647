package import PolicySemantics
package import PolicySource
package import PolicyUnits
package import TextPatterns

/// Why a request is not served, and who said so.
package enum Refusal: Hashable, Sendable {
  /// A guard's `refuse` line.
  case byGuard(GuardID, message: String, Span)
  /// A route's `refuse` line.
  case byRoute(RouteID, message: String, Span)
  /// A budget or limit that has nothing left.
  ///
  /// A hit in the exact cache is free, so whoever serves tries the plan's exact cache first.
  case byBudget(BudgetID)
  /// No call of the plan was left; the reason is the one that is answerable for it: a guard before a
  /// budget before the rest, each by plan order.
  case emptied(DropReason)
  /// A text could not be scanned, so no condition over it has a value.
  case unreadable(ScanFailure)
}

/// A budget or limit this request meets.
package struct BudgetStanding: Hashable, Sendable {
  package let budget: BudgetID
  /// In the budget's own unit: nano-units of money, requests, tokens or calls.
  package let cap: Int64
  /// What the caller has used of it, reservations included.
  package let used: Int64
  /// Whether its counter outlives the request, so that a store has to keep it.
  package let needsStore: Bool

  /// Never negative.
  package var left: Int64 { max(0, max(0, cap) - max(0, used)) }
  package var isSpent: Bool { used >= cap }
}

/// What a limit on tokens has left for this request.
package struct TokenBound: Hashable, Sendable {
  package let budget: BudgetID
  package let left: Int64

  package init(budget: BudgetID, left: Int64) {
    self.budget = budget
    self.left = left
  }
}

/// A limit on money one call has to stay within.
package enum MoneyBound: Hashable, Sendable {
  /// The `max_budget` of a ladder.
  case ladder(LadderID, Money)
  /// What a budget has left for this request.
  case budget(BudgetID, left: Money)

  package var amount: Money {
    switch self {
    case .ladder(_, let money), .budget(_, let money): money
    }
  }
}
