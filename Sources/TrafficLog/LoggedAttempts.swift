import LedgerExchange
import RoutingLedger

/// What a row of the ledger says of the calls that were made for one request.
struct LoggedAttempts {
  /// The tokens of the call whose answer was given out, or would have been; nil if nobody knows them.
  private(set) var answer: TokenEntry?
  /// Tiers whose answer was held against gates, and whether it was accepted.
  private(set) var verdicts: [(tier: TierName, accepted: Bool)] = []

  init(_ bytes: [UInt8]) throws(RowProblem) {
    for attempt in try LoggedAttemptList.read(bytes) where attempt.role == .answer {
      let isAccepted = attempt.verdict == "accepted"
      guard isAccepted || attempt.verdict == "rejected" else { continue }
      answer = attempt.tokens
      if let ladder = attempt.ladder, let model = attempt.model, !attempt.gates.isEmpty {
        verdicts.append((TierName(ladder: ladder, model: model), isAccepted))
      }
    }
  }
}

/// A tier by the names a policy gives it.
package struct TierName: Hashable, Sendable {
  package let ladder: String
  package let model: String

  package init(ladder: String, model: String) {
    self.ladder = ladder
    self.model = model
  }
}

/// How often tiers were accepted, of the times their answer was held against their gates.
package struct TierTally: Sendable {
  package struct Count: Hashable, Sendable {
    package var accepted: Int64 = 0
    package var reached: Int64 = 0
  }

  package private(set) var counts: [TierName: Count] = [:]

  package init() {}

  mutating func add(_ attempts: LoggedAttempts) {
    for (tier, accepted) in attempts.verdicts {
      counts[tier, default: Count()].reached += 1
      if accepted { counts[tier, default: Count()].accepted += 1 }
    }
  }
}
