import HTTPTypes
import PolicySemantics
import RoutingRuntime

// The headers by which clients pace themselves, from the limits this request met.
extension AnswerHeaders {
  /// For requests and for tokens the limit that has least left, with what this request used of it.
  func addLimits(
    of decision: Decision, usedRequests: Int64, tokens: Int64, to fields: inout HTTPFields
  ) {
    var requests: BudgetStanding?
    var spent: BudgetStanding?
    for standing in decision.budgets where standing.needsStore {
      switch policy[standing.budget].cap {
      case .money, .atOnce: continue
      case .requests: requests = Self.tighter(requests, standing)
      case .tokens: spent = Self.tighter(spent, standing)
      }
    }
    if let requests { add(requests, used: usedRequests, "requests", to: &fields) }
    if let spent { add(spent, used: tokens, "tokens", to: &fields) }
  }

  private static func tighter(_ a: BudgetStanding?, _ b: BudgetStanding) -> BudgetStanding {
    guard let a, a.left <= b.left else { return b }
    return a
  }

  private func add(
    _ standing: BudgetStanding, used: Int64, _ unit: String, to fields: inout HTTPFields
  ) {
    func set(_ part: String, _ value: String) {
      if let name = HTTPField.Name("x-ratelimit-\(part)-\(unit)") { fields[name] = value }
    }
    let (left, isBelow) = standing.left.subtractingReportingOverflow(max(0, used))
    set("limit", String(standing.cap))
    set("remaining", String(isBelow ? 0 : max(0, left)))
    // Where the window rolls, all of it is there again at the latest when it has rolled once.
    switch policy[standing.budget].window {
    case .minute: set("reset", "1m0s")
    case .hour: set("reset", "1h0m0s")
    case .day, .week, .month, .request, nil: break
    }
  }
}
