import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime

/// The counters of one caller at one time, under one policy.
struct RequestCounters {
  private let policy: CheckedPolicy
  /// By budget; nil for one that lasts no longer than a request.
  private let keys: [CounterKey?]

  init(_ policy: CheckedPolicy, _ facts: RequestFacts, _ graph: DecisionGraph, _ date: CalendarDate)
  {
    self.policy = policy
    keys = policy.budgets.map { budget in
      guard let window = CounterWindow(budget.window, date) else { return nil }
      return CounterKey(
        budget: budget.name, unit: BudgetUnit(budget.cap),
        owner: budget.per.map { Self.owner($0, facts, graph) }, window: window)
    }
  }

  /// Every counter a condition or a claim may read.
  var all: [(budget: BudgetID, key: CounterKey)] {
    keys.enumerated().compactMap { index, key in key.map { (BudgetID(index), $0) } }
  }

  /// What a decision sets aside; empty if it meets no budget that outlives it.
  func claims(of decision: Decision) -> [Claim] {
    decision.budgets.compactMap { standing in
      guard let key = keys[standing.budget.index] else { return nil }
      return Claim(
        key: key, cap: standing.cap, amount: max(0, amount(policy[standing.budget].cap, decision)))
    }
  }

  private func amount(_ cap: CheckedBudget.Cap, _ decision: Decision) -> Int64 {
    switch cap {
    case .money: decision.cost.atMost.money?.nanos ?? .max
    case .tokens: decision.tokens.atMost ?? .max
    case .requests, .atOnce: 1
    }
  }

  private static func owner(
    _ owner: CheckedBudget.Owner, _ facts: RequestFacts, _ graph: DecisionGraph
  ) -> String {
    switch owner {
    case .identity(let identity):
      "\(identity.rawValue):\(facts.identities[identity] ?? facts.identities.key ?? "")"
    case .fact(let id):
      "\(graph.policy[id].name):\(facts.value(of: id, in: graph))"
    }
  }
}

extension BudgetUnit {
  fileprivate init(_ cap: CheckedBudget.Cap) {
    switch cap {
    case .money: self = .money
    case .requests: self = .requests
    case .tokens: self = .tokens
    case .atOnce: self = .atOnce
    }
  }
}

extension CounterWindow {
  /// Nil for a budget of one request.
  fileprivate init?(_ window: CheckedBudget.Window?, _ date: CalendarDate) {
    switch window {
    case nil: self = .running
    case .request: return nil
    case .minute: self = .minute
    case .hour: self = .hour
    case .day: self = .day(date)
    case .week: self = .week(date)
    case .month: self = .month(date)
    }
  }
}
