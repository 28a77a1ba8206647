package import RoutingBudgets
package import TrafficLog

/// Where the money of a log went.
package struct AuditReport: Sendable {
  package var currency = "USD"
  package var first: Timestamp?
  package var last: Timestamp?
  /// Pauses of more than a year between those.
  package var gaps: [LogGap] = []
  package var total = AuditSum()
  /// Requests whose cost is a bound, and those the catalog priced as the log did not.
  package var bounds: Int64 = 0
  package var pricedByCatalog: Int64 = 0
  /// Requests the catalog's prices make dearer than one ``Money`` holds: among those nobody knows.
  package var tooDear: Int64 = 0
  /// Rows in another currency, and rows outside the time that was asked for: in no figure here.
  package var otherCurrency: Int64 = 0
  /// Those in another currency by its name, the most first; past a few together as `others`.
  package var otherCurrencies: [(currency: String, requests: Int64)] = []
  /// Of the time it is held against.
  package var otherCurrencyBefore: Int64 = 0
  package var outside: Int64 = 0
  /// The latest row of the log, counted or not.
  package var endOfLog: Timestamp?
  package var shadows = AuditSum()
  package var statuses: [(status: SpendRow.Status, sum: AuditSum)] = []
  package var by: [AuditDimension] = []
  package var groups: [AuditGroup] = []
  /// What groups past the limit came to, taken together.
  package var restOfGroups = AuditSum()
  package var dimensions: [(dimension: AuditDimension, groups: [AuditGroup])] = []
  /// The log's names of models that providers have for several of the catalog: nobody knows which it is.
  package var sharedModels: [String] = []
  /// For each model, the dearest first, its cost on each of the days.
  package var daysByModel: [(model: String?, costs: [Int128])] = []
  /// Requests and their cost added up, from the dearest to the cheapest.
  package var curve: [(requests: Int64, cost: Int128)] = []
  package var repeats = AuditRepeats()
  package var near: AuditNear?
  package var prompts: [AuditPrompt] = []
  /// Of the rows whose tokens are known.
  package var inputCost: Int128?
  package var truncated = AuditSum()
  package var refused = AuditSum()
  /// Whose ending nobody tells.
  package var unknownEndings: Int64 = 0
  /// Rows that list their calls; the gates, tiers and ladders are theirs.
  package var withCalls: Int64 = 0
  package var gates: [AuditGate] = []
  package var ladders: [AuditLadder] = []
  package var comparison: AuditComparison?
  package var cures: [AuditCure] = []
  /// What is moved nowhere, as what is cheaper has no room for it, the dearest first.
  package var stays: [AuditStay] = []

  package init() {}

  package func groups(of dimension: AuditDimension) -> [AuditGroup] {
    dimensions.first { $0.dimension == dimension }?.groups ?? []
  }
}

/// What requests with the same names came to.
package struct AuditGroup: Sendable {
  /// In the order of the dimensions; nil where the log says none.
  package let names: [String?]
  package let sum: AuditSum
}

/// Requests that say what one before them said, for the same tenant.
package struct AuditRepeats: Sendable {
  package struct Count: Sendable {
    package var requests: Int64 = 0
    /// In nanos, of those whose cost is known.
    package var cost: Int128 = 0
  }

  /// Requests that could be compared; the others have no fingerprint and no text.
  package var compared: Int64 = 0
  package var uncompared: Int64 = 0
  package var ever = Count()
  /// What an exact cache would have answered that keeps answers for an hour, or for a day.
  package var hour = Count()
  package var day = Count()
  /// One fingerprint in so many was compared; 1 is all of them.
  package var sampling: Int64 = 1
  /// By route.
  package var routes: [(name: String?, compared: Int64, hour: Count, day: Count)] = []
}

/// Questions that are nearly the same as one before them: an estimate.
package struct AuditNear: Sendable {
  package let compared: Int64
  package let near: Int64
  package let cost: Int128
  /// Not compared, as answers come before their question.
  package let withHistory: Int64
}

/// A system prompt that came up more than once.
package struct AuditPrompt: Sendable {
  package let fingerprint: String
  /// Calls it was sent in: each tier of a ladder is sent it.
  package let times: Int64
  /// Those of them whose tokens and bill are known: the cost is theirs.
  package let priced: Int64
  /// Of the prompt alone; the low end is 0 where no row has its text.
  package let tokens: ClosedRange<Int64>
  /// What its tokens may have cost, in nanos: never more than those calls' bills; nil without prices.
  package let cost: ClosedRange<Int128>?
  package let example: Int
}

/// Calls that no cheaper model of the catalog has room for.
package struct AuditStay: Sendable {
  /// The task, else the route; nil where the log says neither.
  package let subject: String?
  package let isTask: Bool
  package let model: String
  /// The cheapest of those whose window or `max_output` is too small for every one of them.
  package let cheaper: String
  package let requests: Int64
}

/// What could be done, what it saves, and what that rests on; amounts are nanos over the log's time.
package enum AuditCure: Sendable {
  /// These requests to a cheaper model.
  case move(Move)
  /// A cache on a route: kept for an hour, or for a day.
  case cache(route: String?, compared: Int64, hour: AuditRepeats.Count, day: AuditRepeats.Count)
  /// A shorter system prompt: what each hundred tokens of it may have cost.
  case shorten(prompt: AuditPrompt, perHundred: ClosedRange<Int128>)
  /// Requests in one prompt with those close before them.
  case batch(prompt: AuditPrompt, joinable: Int64, saved: ClosedRange<Int128>)
  /// The provider's own batches, for what can wait: calls that have a price there, of so many in all.
  case providerBatch(model: String, requests: Int64, of: Int64, now: Int128, then: Int128)

  package struct Move: Sendable {
    /// The task, else the route; nil where the log says neither.
    package let subject: String?
    package let isTask: Bool
    package let from: String
    package let to: String
    /// Calls it takes, of so many in all; the money is theirs.
    package let requests: Int64
    package let of: Int64
    package let now: Int128
    package let then: Int128
    /// A model that would be cheaper still and has no room for any of them; nil if there is none.
    package let roomless: String?
    /// What the log's own gates said of that model; nil where they saw few of its answers.
    package let measured: Measure?

    /// Tried first, with the model of today behind it: from none accepted to all, or between the bounds.
    package var saved: ClosedRange<Int128> {
      let paid = then + (judges ?? 0)
      let low = now * Int128(measured?.low ?? 0) / 1_000_000 - paid
      let high = now * Int128(measured?.high ?? 1_000_000) / 1_000_000 - paid
      return min(low, high)...max(low, high)
    }

    /// What the calls of those gates would cost on its requests, in nanos; nil if nobody knows, or measured it.
    package var judges: Int128? {
      measured?.judges(of: requests)
    }

    /// The share of answers that must be accepted for it to pay, in millionths.
    package var breakEven: Int64 {
      now > 0 ? Int64(clamping: (then + (judges ?? 0)) * 1_000_000 / now) : 1_000_000
    }
  }

  /// How often the log's own gates accepted a model, and what that cost.
  package struct Measure: Sendable {
    package let accepted: Int64
    package let reached: Int64
    /// With 95 % confidence on either side, in millionths.
    package let low: Int64
    package let high: Int64
    /// Nanos of the calls those gates made, for all answers it gave; nil if nobody knows.
    package let judges: Int128?

    /// The same for so many answers.
    func judges(of answers: Int64) -> Int128? {
      judges.map { $0 * Int128(answers) / Int128(max(1, reached)) }
    }
  }

  /// What it saves, in nanos: from the least to the most; nil where a price is unknown.
  package var saved: ClosedRange<Int128>? {
    switch self {
    case .move(let move): move.saved
    case .cache(_, _, let hour, let day): min(hour.cost, day.cost)...max(hour.cost, day.cost)
    case .shorten(let prompt, _): prompt.cost.map { 0...$0.upperBound }
    case .batch(_, _, let saved): saved
    case .providerBatch(_, _, _, let now, let then): 0...(now - then)
    }
  }

  /// The middle of that, for putting cures in order.
  package var size: Int128 { saved.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0 }
}
