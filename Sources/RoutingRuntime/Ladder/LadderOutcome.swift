package import PolicySemantics
package import PolicyUnits

/// How a climb ended, and everything that was done on the way.
package struct LadderOutcome: Sendable {
  package let ending: Ending
  /// In the order they happened, steps that were skipped included.
  package let attempts: [AttemptRecord]
  /// Steps taken upward because an answer was rejected.
  package let climbs: Int
  package let cost: CallCost
  package let tokens: TokenCount
  /// A provider billed more than was set aside for its call, in money or in tokens.
  package let isOverrun: Bool

  package enum Ending: Sendable {
    /// `attempt` indexes `attempts`; not accepted means it was the best or last of an exhausted
    /// ladder.
    indirect case answered(AnswerFacts, attempt: Int, isAccepted: Bool)
    /// Every tier's answer was rejected, and the policy returns none of them.
    case exhausted
    /// The last failure, with nothing left to follow it.
    case failed(CallFailure)
    /// Nothing could be called at all.
    case nothingToCall(DropReason)
    case timeUp
    /// An answer broke off after its first bytes had gone out.
    case brokenOff(CallFailure)
    case cancelled
  }

  /// The attempt whose answer is returned.
  package var answering: AttemptRecord? {
    switch ending {
    case .answered(_, let attempt, _): attempts[attempt]
    case .exhausted, .failed, .nothingToCall, .timeUp, .brokenOff, .cancelled: nil
    }
  }

  /// Calls that were made.
  package var calls: Int { attempts.count { $0.wasCalled && $0.wasSent } }
}

/// One call, or one step that was skipped.
package struct AttemptRecord: Sendable {
  package let leg: Int
  package let step: Int
  package let model: ModelID?
  /// 1 for the first try; 0 for a step that was skipped.
  package let attempt: Int
  package let maxOutput: Int64?
  package let reserved: Money?
  package let reservedTokens: Int64?
  /// False if it was ordered and nothing left.
  package internal(set) var wasSent = true
  package internal(set) var verdict: Verdict
  /// In the order they were asked.
  package internal(set) var gates: [GateRecord]
  /// Of the call alone; gates have their own.
  package internal(set) var cost: CallCost
  package internal(set) var tokens: TokenCount
  /// What the provider counted; nil if it gave no figures, or none that can be true.
  package internal(set) var usage: Usage?
  /// What each kind of token cost; nil where `cost` is not the price of `usage`.
  package internal(set) var parts: CostByKind?
  package internal(set) var latency: Milliseconds

  package enum Verdict: Hashable, Sendable {
    case accepted
    case rejected(by: GateID)
    case failed(CallFailure)
    case dropped(DropReason)
    case timeUp
    case cancelled
  }

  /// Whether it was ordered, and not skipped.
  package var wasCalled: Bool { attempt > 0 }

  /// Billed more than was set aside for it: the provider did not keep to what was asked.
  package var isOverbilled: Bool {
    if let reserved, let billed = cost.money, billed > reserved { return true }
    if let reservedTokens, let used = tokens.tokens, used > reservedTokens { return true }
    return false
  }
}

package struct GateRecord: Hashable, Sendable {
  package let gate: GateID
  package let result: GateResult
  package let isAccepted: Bool
  package let cost: CallCost
  package let tokens: TokenCount
}

/// What something cost, and how sure that is.
package enum CallCost: Hashable, Sendable {
  /// By the provider's own figures.
  case exact(Money)
  /// Not more than this: the provider gave no figures.
  case atMost(Money)
  /// No figures and no bound.
  case unknown

  package static let nothing = CallCost.exact(.zero)

  package static func + (a: CallCost, b: CallCost) -> CallCost {
    switch (a, b) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.exact(let x), .exact(let y)): .exact(x + y)
    case (.exact(let x), .atMost(let y)), (.atMost(let x), .exact(let y)),
      (.atMost(let x), .atMost(let y)):
      .atMost(x + y)
    }
  }

  /// The figure, whether exact or a bound.
  package var money: Money? {
    switch self {
    case .exact(let money), .atMost(let money): money
    case .unknown: nil
    }
  }
}
