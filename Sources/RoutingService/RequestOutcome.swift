package import PolicyGraph
package import RoutingBudgets
package import RoutingCalls
package import RoutingLedger
package import RoutingRuntime

/// What became of one request.
///
/// Its row is committed by the time anybody sees it. A class: whoever answers, counts and logs it
/// shares one.
package final class RequestOutcome: Sendable {
  package let id: RequestID
  package let ending: Ending
  /// What the row says of it; made without a ledger too.
  package let entry: LedgerEntry
  /// The row with its place; nil only without a ledger.
  package let row: ChainedEntry?
  /// How long the row took to be kept; nil without a ledger.
  package let commitWait: Duration?
  package let cache: CacheUse
  /// What the look among similar questions came to; nil if there was none.
  package let similar: SimilarLook?

  package init(
    id: RequestID, ending: consuming Ending, entry: consuming LedgerEntry,
    row: consuming ChainedEntry?, commitWait: Duration? = nil, cache: CacheUse = .none,
    similar: SimilarLook? = nil
  ) {
    self.id = id
    self.ending = ending
    self.entry = entry
    self.row = row
    self.commitWait = commitWait
    self.cache = cache
    self.similar = similar
  }

  package enum Ending: Sendable {
    case called(DecidedRequest, RunRecord)
    /// Refused for anything else than a full budget, or not possible yet: the decision says why.
    /// Nothing was called.
    case notCalled(DecidedRequest)
    /// A budget or limit has too little left, or others were quicker to take it. Nothing was called.
    case full(DecidedRequest, FullBudget)
    /// The answer of an earlier request of the same kind, out of the cache. Nothing was called.
    case cached(DecidedRequest, CachedHit)
    /// The answer of an earlier request under the same idempotency key.
    case repeated(IdempotencyAnswer, of: RequestID)
    /// It cannot be decided as it is.
    case unfit(RequestProblem)
    /// Nobody waited for it any more before it was decided.
    case cancelled
  }
}

/// A request as it was decided, with all the decision read.
///
/// A class: it is made once, and outcomes, rows and explanations share it.
package final class DecidedRequest: Sendable {
  /// With what every budget had used.
  package let input: RequestInput
  package let decision: Decision

  init(input: consuming RequestInput, decision: consuming Decision) {
    self.input = input
    self.decision = decision
  }
}

/// The ledger could not keep what this request needs kept: there is no answer to give out.
///
/// Nothing was sent, or what was sent is on record as an open request with all it may cost.
package struct RequestFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package let id: RequestID
  /// One line, without a full stop.
  package let description: String
}
