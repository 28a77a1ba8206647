import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime

extension Progress {
  /// How far a request has come that is about to make a call, in the units of each claim.
  init(_ spending: Spending, claims: [Claim], isFirst: Bool) {
    self.init(used: [], pending: [])
    for claim in claims {
      switch claim.key.unit {
      case .money:
        used.append(spending.used.money.nanos)
        pending.append(spending.pending.money.nanos)
      case .tokens:
        used.append(spending.used.tokens)
        pending.append(spending.pending.tokens)
      case .requests, .atOnce:
        used.append(isFirst ? 0 : 1)
        pending.append(isFirst ? 1 : 0)
      }
    }
  }
}

extension Claim {
  /// What a request that has ended used of it.
  ///
  /// Zero if nothing was sent; more than was set aside if a provider billed more than it was asked for.
  func used(_ cost: CallCost, _ tokens: TokenCount, wasSent: Bool) -> Int64 {
    guard wasSent else { return 0 }
    switch key.unit {
    case .money: return max(0, cost.money?.nanos ?? amount)
    case .tokens: return max(0, tokens.tokens ?? amount)
    case .requests, .atOnce: return 1
    }
  }
}

extension Grant {
  /// What a reservation of these claims sets aside, if it is granted.
  init(_ claims: [Claim]) {
    let money = claims.filter { $0.key.unit == .money }.map(\.amount).min()
    let tokens = claims.filter { $0.key.unit == .tokens }.map(\.amount).min()
    self.init(money: money.map { Money(nanos: $0) }, tokens: tokens)
  }
}
