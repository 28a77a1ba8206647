package import PolicyUnits

/// The money and the tokens of one request: what is settled, what is set aside, and what must not be
/// passed.
///
/// Two-phase: `reserve` before a call, `settle` after it. A bound opened later (a fallback's own
/// `max_budget`) counts from then on.
package struct Purse: Sendable {
  private var money: Allowance<MoneyBound>
  private var tokens: Allowance<TokenBound>

  package init(bounds: [MoneyBound], tokenBounds: [TokenBound] = []) {
    money = Allowance(bounds)
    tokens = Allowance(tokenBounds)
  }

  /// Of everything so far, whatever the bounds.
  package var settled: Spend { Spend(money: Money(nanos: money.settled), tokens: tokens.settled) }
  /// Set aside and not yet settled.
  package var reserved: Spend {
    Spend(money: Money(nanos: money.reserved), tokens: tokens.reserved)
  }
  /// Whether a provider used more than was set aside for its call.
  package var isOverrun: Bool { money.isOverrun || tokens.isOverrun }

  package var boundsMoney: Bool { money.isBounded }
  package var boundsTokens: Bool { tokens.isBounded }

  /// Adds a bound that counts from now on.
  package mutating func open(_ bound: MoneyBound) { money.open(bound) }

  /// Ends the bound on money that was opened last.
  package mutating func closeLast() { money.closeLast() }

  /// The bound on money with the least left, and how much that is; nil without bounds.
  package var tightest: (bound: MoneyBound, left: Money)? {
    money.tightest.map { ($0.bound, Money(nanos: $0.left)) }
  }

  /// The bound on tokens with the least left, and how much that is; nil without bounds.
  package var tightestTokens: (bound: TokenBound, left: Int64)? { tokens.tightest }

  /// Sets an amount aside under every bound, or under none of them and returns false.
  package mutating func reserve(_ amount: Spend) -> Bool {
    guard money.fits(amount.money.nanos), tokens.fits(amount.tokens) else { return false }
    money.reserve(amount.money.nanos)
    tokens.reserve(amount.tokens)
    return true
  }

  /// Replaces `reserved` by what was used.
  package mutating func settle(_ used: Spend, reserved amount: Spend) {
    money.settle(used.money.nanos, reserved: amount.money.nanos)
    tokens.settle(used.tokens, reserved: amount.tokens)
  }
}
