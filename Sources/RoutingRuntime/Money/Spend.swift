package import PolicyUnits

/// An amount of both things that are counted: money and tokens.
package struct Spend: Hashable, Sendable {
  package var money: Money
  /// Of prompts and answers together.
  package var tokens: Int64

  package init(money: Money = .zero, tokens: Int64 = 0) {
    self.money = money
    self.tokens = tokens
  }

  package static let zero = Spend()

  package static func + (a: Spend, b: Spend) -> Spend {
    Spend(money: a.money + b.money, tokens: Saturated.sum(a.tokens, b.tokens))
  }

  package static func - (a: Spend, b: Spend) -> Spend {
    Spend(money: a.money - b.money, tokens: Saturated.difference(a.tokens, b.tokens))
  }
}

/// How many tokens something used, and how sure that is.
package enum TokenCount: Hashable, Sendable {
  /// By the provider's own figures.
  case exact(Int64)
  /// Not more than this: the provider gave no figures.
  case atMost(Int64)
  /// No figures and no bound.
  case unknown

  package static let nothing = TokenCount.exact(0)

  package static func + (a: TokenCount, b: TokenCount) -> TokenCount {
    switch (a, b) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.exact(let x), .exact(let y)): .exact(Saturated.sum(x, y))
    case (.exact(let x), .atMost(let y)), (.atMost(let x), .exact(let y)),
      (.atMost(let x), .atMost(let y)):
      .atMost(Saturated.sum(x, y))
    }
  }

  /// The figure, whether exact or a bound.
  package var tokens: Int64? {
    switch self {
    case .exact(let tokens), .atMost(let tokens): tokens
    case .unknown: nil
    }
  }
}

/// How far the spending of a running request has come, judges included.
package struct Spending: Hashable, Sendable {
  /// What ended calls and gates are counted at.
  ///
  /// What has neither a figure nor a bound counts as nothing here, which `cost` and `tokens` show; it
  /// is never called under a bound.
  package let used: Spend
  /// The most that the call under way and the gates after it may use on top.
  package let pending: Spend
  /// How sure the money in `used` is.
  package let cost: CallCost
  /// How sure the tokens in `used` are.
  package let tokens: TokenCount
}

extension Spending {
  /// Of a request that has nothing to climb yet.
  package init(before: Climb.SpentBefore, pending: Spend) {
    self.init(used: before.spend, pending: pending, cost: before.cost, tokens: before.tokens)
  }
}

/// What a reservation set aside for one request; these are its bounds then.
package struct Grant: Hashable, Sendable {
  /// The least that any budget granted; nil if no budget of money was reserved.
  package let money: Money?
  /// The least that any limit on tokens granted; nil if none was reserved.
  package let tokens: Int64?

  package init(money: Money? = nil, tokens: Int64? = nil) {
    self.money = money
    self.tokens = tokens
  }
}
