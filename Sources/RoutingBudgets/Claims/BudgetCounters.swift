package import PolicyGraph
package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime

/// Which counters the budgets and limits of a policy mean for one request.
///
/// Bounds on a single request (`per request`) have no counter: the request's own purse keeps them.
package struct BudgetCounters: Sendable {
  private let graph: DecisionGraph

  package init(_ graph: DecisionGraph) { self.graph = graph }

  /// One budget's counter for one request.
  package struct Counter: Hashable, Sendable {
    package let budget: BudgetID
    package let key: CounterKey
  }

  /// Every counter a decision may read or claim, in declaration order.
  ///
  /// What they have used goes into the request's ``RecordedState/budgetUse`` before it is decided;
  /// `facts` are those of the same request, read before.
  /// - Complexity: O(budgets).
  package func counters(
    of input: borrowing RequestInput, _ facts: RequestFacts
  ) -> [Counter] {
    var counters: [Counter] = []
    for index in graph.policy.budgets.indices {
      let id = BudgetID(index)
      guard let key = key(of: id, input, facts) else { continue }
      counters.append(Counter(budget: id, key: key))
    }
    return counters
  }

  /// What the decision must have set aside before its first call, in declaration order.
  ///
  /// `cost` is the most the request may cost and `tokens` the most it may use, input and output
  /// together; nil if that is not known.
  /// - Throws: if a budget binds what nobody can bound.
  package func claims(
    of decision: borrowing Decision, for input: borrowing RequestInput, _ facts: RequestFacts,
    cost: Money?, tokens: Int64?
  ) throws(UnboundedClaim) -> [Claim] {
    var claims: [Claim] = []
    for standing in decision.budgets {
      guard let key = key(of: standing.budget, input, facts) else { continue }
      let amount: Int64? =
        switch key.unit {
        case .money: cost?.nanos
        case .tokens: tokens
        case .requests, .atOnce: 1
        }
      guard let amount, amount >= 0 else {
        throw UnboundedClaim(budget: key.budget, unit: key.unit)
      }
      claims.append(
        Claim(key: key, cap: graph.policy[standing.budget].cap.amount, amount: amount))
    }
    return claims
  }

  /// The budget or limit a decision refused for; nil if it is something else that refused, or a bound
  /// on a single request.
  package func full(
    of decision: borrowing Decision, for input: borrowing RequestInput, _ facts: RequestFacts
  ) -> FullBudget? {
    guard case .refused(let refusal) = decision.outcome, let id = refusal.budget,
      let standing = decision.budgets.first(where: { $0.budget == id }),
      let key = key(of: id, input, facts)
    else { return nil }
    let needed: Int64? =
      switch key.unit {
      case .money, .tokens: nil
      case .requests, .atOnce: 1
      }
    return FullBudget(
      key, cap: standing.cap, needed: needed, used: standing.used, at: input.moment)
  }

  /// The counter of one budget; nil for a bound on a single request.
  package func key(
    of id: BudgetID, _ input: borrowing RequestInput, _ facts: RequestFacts
  ) -> CounterKey? {
    let budget = graph.policy[id]
    guard let window = CounterWindow(budget.window, at: input.moment) else { return nil }
    let owner: BudgetOwner? =
      switch budget.per {
      case nil: nil
      case .identity(let identity): BudgetOwner(identity, of: input)
      case .fact(let fact): BudgetOwner(fact, of: facts, in: graph)
      }
    return CounterKey(
      budget: budget.name, unit: BudgetUnit(budget.cap), owner: owner?.text, window: window)
  }
}

/// A budget binds a request whose use of it nobody can bound.
package struct UnboundedClaim: Error, Hashable, Sendable, CustomStringConvertible {
  package let budget: String
  package let unit: BudgetUnit

  package init(budget: String, unit: BudgetUnit) {
    self.budget = budget
    self.unit = unit
  }

  package var description: String {
    let what =
      switch unit {
      case .money: "costs"
      case .requests, .tokens, .atOnce: "uses"
      }
    return "`\(budget)` binds this request, and nothing says what it \(what) at most: give the "
      + "model's prices and a `max_output`"
  }
}

extension Refusal {
  /// The budget or limit that left too little.
  fileprivate var budget: BudgetID? {
    switch self {
    case .byBudget(let id): id
    case .emptied(.tooLittleLeft(.budget(let id, _), _, _)): id
    case .emptied(.tooFewTokensLeft(let bound, _, _)): bound.budget
    case .byGuard, .byRoute, .emptied, .unreadable: nil
    }
  }
}

extension BudgetUnit {
  init(_ cap: CheckedBudget.Cap) {
    switch cap {
    case .money: self = .money
    case .requests: self = .requests
    case .tokens: self = .tokens
    case .atOnce: self = .atOnce
    }
  }
}
