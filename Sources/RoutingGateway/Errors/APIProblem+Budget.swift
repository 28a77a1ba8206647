import JSONWriting
import PolicyUnits
package import RoutingBudgets

// A budget of money is 402, a limit of anything else 429, each with its figures.
extension APIProblem {
  /// `budgetIsLimit` answers budgets with 429 too, for clients that know no 402.
  package init(_ full: FullBudget, currency: String, budgetIsLimit: Bool) {
    let message = full.message(currency: currency)
    switch full.key.unit {
    case .money:
      self.init(
        budgetIsLimit ? 429 : 402, "budget_exceeded", code: "budget_exceeded", message,
        retryAfter: full.retryAfter)
      // Who tries again at once gets the same again.
      isWorthRetrying = false
    case .tokens:
      self.init(
        429, "tokens", code: "rate_limit_exceeded", message, retryAfter: full.retryAfter)
    case .requests, .atOnce:
      self.init(
        429, "requests", code: "rate_limit_exceeded", message, retryAfter: full.retryAfter)
    }
    if full.retryAfter == nil { isWorthRetrying = false }
    details = Self.details(full, currency: currency)
  }

  /// The figures of the message, for programs.
  private static func details(_ full: FullBudget, currency: String) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("name", full.key.budget)
      json.member("unit", full.key.unit == .money ? currency : full.key.unit.name)
      add("limit", full.cap, of: full, to: &json)
      add("spent", full.used, of: full, to: &json)
      add("left", full.left, of: full, to: &json)
      if let needed = full.needed { add("needed", needed, of: full, to: &json) }
      if let seconds = full.retryAfter {
        json.member("resets_in_seconds", seconds)
      }
    }
    return json.bytes
  }

  private static func add(
    _ name: String, _ amount: Int64, of full: FullBudget, to json: inout JSONWriter
  ) {
    switch full.key.unit {
    case .money: json.member(name, raw: Amounts.plain(Money(nanos: amount)).utf8)
    case .requests, .tokens, .atOnce: json.member(name, amount)
    }
  }
}

extension BudgetUnit {
  fileprivate var name: String {
    switch self {
    case .money: "money"
    case .requests: "requests"
    case .tokens: "tokens"
    case .atOnce: "requests at once"
    }
  }
}
