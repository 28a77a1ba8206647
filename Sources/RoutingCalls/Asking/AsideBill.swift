package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime

/// What a call was made for.
package enum AttemptRole: String, Hashable, Sendable, CaseIterable {
  /// Its answer could be the caller's.
  case answer
  case judge, classifier
  /// Writes a context shorter.
  case compressor
  /// A service of the policy's own that gives a score.
  case scorer
  case shadow, embedder
}

/// A call that serves an answer without being one: what came of it and what it cost.
///
/// Of a call that may answer, the ladder's attempt says all this.
package struct AsideBill: Sendable {
  package let role: AttemptRole
  /// The catalog's name of the model or embedder; nil for a service.
  package let model: String?
  package let modelID: ModelID?
  package var ending: Ending
  package var maxOutput: Int64?
  package var reserved: Money?
  package var cost: CallCost
  package var tokens: TokenCount
  /// What each kind of token cost; nil where `cost` is not the price of what the provider counted.
  package var parts: CostByKind?

  package enum Ending: Hashable, Sendable {
    /// It gave what was asked for.
    case read
    /// It answered, but not what was asked for.
    case unreadable
    case failed(CallFailure)
    case cancelled
  }
}

extension AsideBill {
  /// Of a call of the plan, by how it ended: at the provider's figures, or at the most it may be.
  init(_ role: AttemptRole, _ order: CallOrder, model: ModelEntry, _ event: LadderEvent) {
    self.init(
      role: role, model: model.name, modelID: order.model, ending: .cancelled,
      maxOutput: order.maxOutput, reserved: order.reserved, cost: .nothing, tokens: .nothing)
    let billing: Billing
    switch event {
    case .answered(let facts):
      ending = .read
      billing = facts.usage.map(Billing.usage) ?? .unknown
    case .failed(let fault):
      ending = .failed(fault.failure)
      billing = fault.billing
    case .cancelled(let known), .timeUp(let known):
      billing = known
    case .gate:
      billing = .unknown
    }
    charge(billing, Tariff(model.prices), order.reservedTokens)
  }

  mutating func charge(_ billing: Billing, _ tariff: Tariff, _ reservedTokens: Int64?) {
    switch billing {
    case .nothing:
      return
    case .usage(let usage) where usage.isPlausible:
      tokens = .exact(usage.tokens)
      parts = tariff.price(usage)
      cost = parts.map(\.cost) ?? bound
    case .share(let bill):
      tokens = bill.tokens
      parts = bill.parts
      cost = bill.cost
    case .usage, .atMost, .unknown:
      tokens = reservedTokens.map(TokenCount.atMost) ?? .unknown
      cost = bound
    }
  }

  private var bound: CallCost { reserved.map(CallCost.atMost) ?? .unknown }
}
