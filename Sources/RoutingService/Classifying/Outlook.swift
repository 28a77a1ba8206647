import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingRuntime

/// What a request that has to be classified may come to, whatever its classifiers say.
///
/// Its budgets are claimed once, before the first classifier is asked, for the dearest of all outcomes
/// with everything that is asked on the way.
struct Outlook: Sendable {
  /// The most over all outcomes, by counter.
  private(set) var claims: [Claim]
  /// What budgets and limits leave; nil for one that binds nothing.
  private(set) var moneyLeft: Money?
  private(set) var tokensLeft: Int64?
  /// The longest any outcome can take, its classifiers included.
  private(set) var longest: Milliseconds

  static let nothing = Outlook(claims: [], longest: Milliseconds(0))

  private init(
    claims: [Claim], moneyLeft: Money? = nil, tokensLeft: Int64? = nil, longest: Milliseconds
  ) {
    self.claims = claims
    self.moneyLeft = moneyLeft
    self.tokensLeft = tokensLeft
    self.longest = longest
  }

  /// Of a decision that leads to calls.
  init(_ claims: [Claim], _ decision: Decision, in policy: CheckedPolicy, longest: Milliseconds) {
    self.init(claims: claims, longest: longest)
    for standing in decision.budgets {
      switch policy[standing.budget].cap {
      case .money:
        let left = Money(nanos: standing.left)
        moneyLeft = moneyLeft.map { min($0, left) } ?? left
      case .tokens: tokensLeft = tokensLeft.map { min($0, standing.left) } ?? standing.left
      case .requests, .atOnce: continue
      }
    }
  }

  /// Either of two outcomes.
  mutating func add(_ other: Outlook) {
    for claim in other.claims {
      guard let place = claims.firstIndex(where: { $0.key == claim.key }) else {
        claims.append(claim)
        continue
      }
      if claim.amount > claims[place].amount { claims[place] = claim }
    }
    moneyLeft = [moneyLeft, other.moneyLeft].compactMap(\.self).min()
    tokensLeft = [tokensLeft, other.tokensLeft].compactMap(\.self).min()
    longest = max(longest, other.longest)
  }

  /// With a call on top; nil if the budgets do not leave enough for it, or nobody knows what it costs.
  func after(_ cost: Money?, _ tokens: Int64?, taking time: Milliseconds) -> Outlook? {
    if let moneyLeft {
      guard let cost, cost <= moneyLeft else { return nil }
    }
    if let tokensLeft {
      guard let tokens, tokens <= tokensLeft else { return nil }
    }
    var sum = self
    sum.claims = claims.map { claim in
      switch claim.key.unit {
      case .money: claim.plus(cost?.nanos ?? 0, atMost: moneyLeft?.nanos)
      case .tokens: claim.plus(tokens ?? 0, atMost: tokensLeft)
      case .requests, .atOnce: claim
      }
    }
    sum.longest = Milliseconds(longest.count.addingOrMost(time.count))
    return sum
  }
}

extension Claim {
  /// What is left binds it: a climb is clamped to what was granted.
  fileprivate func plus(_ more: Int64, atMost left: Int64?) -> Claim {
    let sum = amount.addingOrMost(more)
    return Claim(key: key, cap: cap, amount: max(amount, min(sum, left ?? sum)))
  }
}

extension Int64 {
  func addingOrMost(_ other: Int64) -> Int64 {
    let (sum, isTooMuch) = addingReportingOverflow(other)
    return isTooMuch ? .max : sum
  }
}
