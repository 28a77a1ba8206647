import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingRuntime

/// What became of one item of a batch: a line of its answers.
struct BatchLine: Sendable {
  let customID: String
  /// Its line in the file of requests when it was asked.
  let line: Int
  /// What tells another request under the same name.
  let request: String
  /// As the ledger's row has it; `lost` if nobody knows how it ended.
  let ending: LedgerEntry.Status
  /// The name of its row; of a lost item, of the request that was under way.
  let row: String
  var route: String?
  var model: String?
  let cost: EntryCost
  var attempts: [Attempt] = []
  /// The most that shadows asked beside it may cost, which have rows of their own.
  var shadows = EntryCost.exact(.zero)
  /// Whether the answer was on record and is only written down here.
  var isRepeated = false
  /// From 1; each time with an idempotency key of its own.
  var asked = 1
  /// What became of it when it was asked before, oldest first.
  var before: [Earlier] = []
  /// Nil for a lost item.
  var status: Int?
  /// Why it has no answer and what to do; nil if it has one.
  var problem: String?

  /// A call that was made for it, or a step that was skipped.
  struct Attempt: Sendable {
    var role: AttemptEntry.Role
    var model: String?
    var provider: String?
    var verdict: String
    var reason: String?
    var inputTokens: Int64?
    var outputTokens: Int64?
    var cost: EntryCost
    var milliseconds: Int64
  }

  /// A request for the same item that led to no answer.
  struct Earlier: Sendable {
    let row: String
    let ending: LedgerEntry.Status
    let cost: EntryCost
  }

  var isAnswered: Bool { ending == .answered || ending == .notAccepted }

  var isLost: Bool { ending == .lost }

  /// As what came before another asking, its shadows included.
  var asEarlier: Earlier {
    Earlier(row: row, ending: ending, cost: EntryCost(CallCost(cost) + CallCost(shadows)))
  }

  /// All it has cost without shadows, earlier askings included.
  var costWhole: CallCost { before.reduce(CallCost(cost)) { $0 + CallCost($1.cost) } }
}

extension BatchLine {
  /// Of a request that has a row.
  init(_ item: BatchItem, request: String, entry: LedgerEntry) {
    self.init(
      customID: item.customID, line: item.line, request: request, ending: entry.status,
      row: entry.id.description, route: entry.route, model: entry.modelServed, cost: entry.cost,
      attempts: entry.attempts.map(Attempt.init))
  }
}

extension BatchLine.Attempt {
  init(_ entry: AttemptEntry) {
    self.init(
      role: entry.role, model: entry.model, provider: entry.provider, verdict: entry.verdict,
      reason: entry.reason, inputTokens: entry.tokens?.input, outputTokens: entry.tokens?.output,
      cost: entry.cost, milliseconds: entry.latency.count)
  }
}
