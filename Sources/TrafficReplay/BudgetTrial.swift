package import PolicyGraph
import PolicySemantics
import PolicyUnits
package import RoutingBudgets
package import RoutingRuntime
package import TrafficLog

/// What the budgets and limits of a policy would have done to a log: every request decided with what
/// those before it used, at the log's own times, by the counters that serve.
///
/// A request sets its worst case aside as it would, and is charged with what is expected of it as soon
/// as it is decided: a log does not tell when it ended, so limits on what runs at once never bind.
/// Rows come in the order of their times. Counters are empty at the first. What a cache answers asks
/// no budget.
package struct BudgetTrial: Sendable {
  /// Requests one budget or limit refuses.
  package struct Refused: Sendable {
    package internal(set) var requests: Int64 = 0
    /// The line and the time of the first of them.
    package let line: Int
    package let time: Timestamp
    /// Counters that had too little left: one for each owner and window.
    package internal(set) var counters: Set<CounterKey> = []
    /// What they would have cost had no budget been used.
    var money = CostSum()
  }

  private let counters: BudgetCounters
  private let store = MemoryBudgetStore()
  private var number: UInt64 = 0

  /// By the budget's name.
  private(set) var refused: [String: Refused] = [:]
  private(set) var moved: Int64 = 0
  private(set) var movedExample = 0
  private(set) var movedBefore = CostSum()
  private(set) var movedAfter = CostSum()
  private(set) var whole = CostSum()
  /// Requests charged with every tier, as nobody knows how often one is accepted.
  private(set) var unknown: Int64 = 0
  /// Requests nobody can bound: the gateway refuses them.
  private(set) var unbounded: Int64 = 0
  /// Requests whose decision hangs on something the log has not kept once a budget is used.
  private(set) var undecided: Int64 = 0

  /// Nil where the policy has no budget or limit that outlives a request.
  package init?(_ graph: DecisionGraph) {
    let binds = graph.policy.budgets.contains { budget in
      switch budget.cap {
      case .atOnce: false
      case .money, .requests, .tokens: budget.window != .request
      }
    }
    guard binds else { return nil }
    counters = BudgetCounters(graph)
  }

  /// What of a log is read so that owners are told apart.
  package static func reading(for decider: Decider) -> LogReading {
    var reading = Replay.reading(for: decider)
    for budget in decider.graph.policy.budgets {
      // Who comes without the name is counted by the key.
      if case .identity(let identity) = budget.per { reading.deciding.formUnion([identity, .key]) }
    }
    return reading
  }

  /// Adds the request `replay` has just counted as `way`.
  package mutating func add(
    _ request: LoggedRequest, _ texted: TextedRequest?, of log: borrowing TrafficLog,
    under replay: inout Replay, way: Int
  ) {
    guard !replay.lastWasHit else { return }
    let plain = replay.expected(replay.stepCosts.map(\.whole), of: way, tiers: log.tiers)
    guard let known = try? replay.known(request, texted, of: log),
      let row = try? replay.decided(request, texted, of: log)
    else {
      undecided += 1
      return
    }
    let keys = counters.counters(of: known.input, row.facts)
    let used = store.used(keys.map(\.key), at: request.time)
    var use: [BudgetID: Int64] = [:]
    for (counter, amount) in zip(keys, used) { use[counter.budget] = amount }
    var decided = row
    if used.contains(where: { $0 != 0 }) {
      guard let again = try? replay.decided(request, texted, of: log, using: use) else {
        undecided += 1
        return
      }
      decided = again
    }
    run(decided, known.input, request, way, plain, under: &replay, log.tiers)
  }

  private mutating func run(
    _ row: DecidedRow, _ input: RequestInput, _ request: LoggedRequest, _ way: Int,
    _ plain: CostSum, under replay: inout Replay, _ tiers: TierTally
  ) {
    let decision = row.decision
    if case .refused = decision.outcome {
      guard let full = counters.full(of: decision, for: input, row.facts) else {
        undecided += 1
        return
      }
      refuse(full.key, request, plain)
      return
    }
    let claims: [Claim]
    do throws(UnboundedClaim) {
      claims = try counters.claims(
        of: decision, for: input, row.facts, cost: decision.cost.atMost.money,
        tokens: decision.tokens.atMost)
    } catch {
      unbounded += 1
      return
    }
    number += 1
    let id = RequestID(high: 0, low: number)
    let zeros = [Int64](repeating: 0, count: claims.count)
    let reservation = Reservation(id: id, claims: claims, time: request.time, expiry: request.time)
    switch store.reserve(reservation, first: Progress(used: zeros, pending: zeros)) {
    case .full(let claim, _):
      refuse(claim.key, request, plain)
      return
    case .granted: break
    }
    guard let spent = try? replay.spending(of: decision, row.arm, request, tiers) else {
      store.settle(id, used: zeros, at: request.time)
      undecided += 1
      return
    }
    // Little money left may only make an answer shorter.
    if spent.way != way || spent.cost.cost != plain.cost {
      if moved == 0 { movedExample = request.line }
      moved += 1
      movedBefore.add(plain)
      movedAfter.add(spent.cost)
    }
    whole.add(spent.cost)
    if spent.cost.cost.expected == nil { unknown += 1 }
    let (cost, tokens) = (spent.cost.charge, spent.tokens.charge)
    let used = claims.map { claim in
      switch claim.key.unit {
      case .money: min(cost, claim.amount)
      case .tokens: min(tokens, claim.amount)
      case .requests: Int64(1)
      case .atOnce: Int64(0)
      }
    }
    store.settle(id, used: used, at: request.time)
  }

  private mutating func refuse(_ key: CounterKey, _ request: LoggedRequest, _ plain: CostSum) {
    var found = refused[key.budget] ?? Refused(line: request.line, time: request.time)
    found.requests += 1
    found.counters.insert(key)
    found.money.add(plain)
    refused[key.budget] = found
  }
}

extension CostSum {
  /// What a counter is charged, and never more than its claim: what is expected, or the most where
  /// nobody knows.
  fileprivate var charge: Int64 { Int64(clamping: cost.expected ?? cost.high) }
}

/// What the trial of a policy's budgets came to.
package struct BudgetReport: Sendable {
  package struct Refusal: Sendable {
    package let budget: String
    package let requests: Int64
    /// How many of its counters ran out: one for each owner and window.
    package let counters: Int
    package let line: Int
    package let time: Timestamp
    /// What the requests would have cost had no budget been used.
    package let cost: ReplayCost
  }

  /// In the order of the policy.
  package let refusals: [Refusal]
  /// Budgets and limits that never ran out.
  package let held: [String]
  /// Requests that go another way because a budget is used.
  package let moved: Int64
  package let movedExample: Int
  package let movedBefore: ReplayCost
  package let movedAfter: ReplayCost
  /// What all would have cost with the budgets counted.
  package let cost: ReplayCost
  package let unknown: Int64
  package let unbounded: Int64
  package let undecided: Int64
}

extension BudgetTrial {
  package func report(of graph: DecisionGraph) -> BudgetReport {
    let names = graph.policy.budgets.filter { $0.window != .request }.map(\.name)
    return BudgetReport(
      refusals: names.compactMap { name in
        refused[name].map {
          BudgetReport.Refusal(
            budget: name, requests: $0.requests, counters: $0.counters.count, line: $0.line,
            time: $0.time, cost: $0.money.cost)
        }
      },
      held: names.filter { refused[$0] == nil }, moved: moved, movedExample: movedExample,
      movedBefore: movedBefore.cost, movedAfter: movedAfter.cost, cost: whole.cost,
      unknown: unknown, unbounded: unbounded, undecided: undecided)
  }
}
