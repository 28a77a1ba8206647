package import PolicyUnits

/// What one call is counted at: tokens and money, with their certainty.
package struct CallBill: Hashable, Sendable {
  /// What the provider counted; nil if it gave no figures, or none that can be true.
  package var usage: Usage?
  /// What each kind of token cost; nil where `cost` is not the price of `usage`.
  package var parts: CostByKind?
  package var cost: CallCost
  package var tokens: TokenCount

  package init(
    usage: Usage? = nil, parts: CostByKind? = nil, cost: CallCost, tokens: TokenCount
  ) {
    self.usage = usage
    self.parts = parts
    self.cost = cost
    self.tokens = tokens
  }

  /// What a provider's figures come to, or without any all that was set aside; nil bounds nothing.
  package init(_ billing: Billing, by tariff: Tariff, reserved: Money?, reservedTokens: Int64?) {
    self.init(
      cost: reserved.map(CallCost.atMost) ?? .unknown,
      tokens: reservedTokens.map(TokenCount.atMost) ?? .unknown)
    switch billing {
    case .nothing:
      cost = .nothing
      tokens = .nothing
    case .usage(let usage):
      guard usage.isPlausible else { return }
      self.usage = usage
      tokens = .exact(usage.tokens)
      guard let parts = tariff.price(usage) else { return }
      self.parts = parts
      cost = parts.cost
    case .atMost(let usage):
      guard usage.isPlausible else { return }
      tokens = .atMost(min(usage.tokens, reservedTokens ?? .max))
      guard let most = tariff.atMost(input: usage.input, output: usage.output) else { return }
      cost = .atMost(min(most, reserved ?? most))
    case .share(let bill): self = bill
    case .unknown: return
    }
  }
}
