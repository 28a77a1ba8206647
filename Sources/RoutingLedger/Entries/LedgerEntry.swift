package import PolicyUnits
package import RoutingBudgets

/// One request as the ledger keeps it for ever: who asked, what was decided, what it cost.
///
/// Names, not indices: an entry is read long after its policy has changed. It holds no text of the
/// prompt or the answer.
package struct LedgerEntry: Hashable, Sendable {
  package var id: RequestID
  /// When it was admitted.
  package var time: Timestamp
  package var caller = Caller()
  package var fingerprints = Fingerprints()
  package var route: String?
  package var task: String?
  package var arm: String?
  package var modelAsked: String = "auto"
  /// The catalog's name of the model whose answer was returned.
  package var modelServed: String?
  package var status: Status
  /// Why it was refused or failed, as a stable word with its subject: `budget tenant_daily`.
  package var reason: String?
  package var isStreamed = false
  /// The currency of every amount here, as `USD`.
  package var currency: String
  package var cost: EntryCost
  package var attempts: [AttemptEntry] = []
  /// What it counted against budgets and limits.
  package var charges: [ChargeEntry] = []
  package var savings = Savings()
  /// To the first byte of the answer; nil if there was none.
  package var firstByte: Milliseconds?
  package var elapsed = Milliseconds(0)
  /// When its reservation was settled: from then on its money and tokens count in rolling windows.
  package var settled: Timestamp?
  /// What the decision read, enough to make it again under the same policy; empty if not recorded.
  package var facts: [UInt8] = []
  /// The file this row was imported from; nil for a request of our own.
  package var origin: String?
  /// The request this row's calls were made beside, as a shadow's; nil for a request of a caller.
  package var parent: RequestID?
  /// Why the answer could go out when it did: `ungated`, `early`, `accepted` or `exhausted`; nil for
  /// one that was not streamed.
  package var commitPoint: String?

  package init(
    id: RequestID, time: Timestamp, status: Status, currency: String, cost: EntryCost
  ) {
    self.id = id
    self.time = time
    self.status = status
    self.currency = currency
    self.cost = cost
  }

  package enum Status: String, Hashable, Sendable, CaseIterable {
    case answered
    /// The best or last answer of an exhausted ladder.
    case notAccepted = "not_accepted"
    case refused
    case failed
    case cancelled
    /// The process died before it ended; counted at the most it may have cost.
    case lost
  }

  package struct Caller: Hashable, Sendable {
    package var tenant: String?
    package var user: String?
    /// The name of the key, never the key.
    package var key: String?
    package var conversation: String?

    package init(
      tenant: String? = nil, user: String? = nil, key: String? = nil, conversation: String? = nil
    ) {
      self.tenant = tenant
      self.user = user
      self.key = key
      self.conversation = conversation
    }
  }

  /// What tells versions apart, in hexadecimal.
  package struct Fingerprints: Hashable, Sendable {
    package var policy: String?
    package var catalog: String?
    /// Of the system and developer messages together: whether somebody changed the prompt.
    package var systemPrompt: String?
    /// Of the whole request body as it came.
    package var body: String?

    package init(
      policy: String? = nil, catalog: String? = nil, systemPrompt: String? = nil,
      body: String? = nil
    ) {
      self.policy = policy
      self.catalog = catalog
      self.systemPrompt = systemPrompt
      self.body = body
    }
  }

  /// What a cache, a compression or a batch did; nil where none was at work.
  package struct Savings: Hashable, Sendable {
    /// What a cache was to it; nil where none had to do with it.
    ///
    /// `exact` or `similar NEARNESS REQUEST` for a hit; `miss`, `guarded`, `failed`, `refresh`, `skip`;
    /// `repeated` for the answer of an idempotency key.
    package var cache: String?
    package var compression: String?
    /// Items in the batch it was part of.
    package var batch: Int64?
    /// Against the same calls without them; nil if that is not known.
    package var saved: Money?

    package init() {}
  }
}

/// An amount, and how sure it is.
package struct EntryCost: Hashable, Sendable {
  /// Nil only if unknown.
  package let money: Money?
  package let certainty: Certainty

  package enum Certainty: String, Hashable, Sendable, CaseIterable {
    /// By the provider's own figures.
    case exact
    /// Not more than this: the provider gave no figures.
    case atMost = "at_most"
    case unknown
  }

  package static func exact(_ money: Money) -> EntryCost {
    EntryCost(money: money, certainty: .exact)
  }

  package static func atMost(_ money: Money) -> EntryCost {
    EntryCost(money: money, certainty: .atMost)
  }

  package static let unknown = EntryCost(money: nil, certainty: .unknown)
}

/// What one request counted against one budget or limit, in its unit.
package struct ChargeEntry: Hashable, Sendable {
  package let key: CounterKey
  package let amount: Int64

  package init(key: CounterKey, amount: Int64) {
    self.key = key
    self.amount = amount
  }
}
