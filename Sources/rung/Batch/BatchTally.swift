import PolicySemantics
import PolicyUnits
import RoutingLedger
import RoutingRuntime

/// What has become of a batch so far.
struct BatchTally: Sendable {
  let total: Int
  private(set) var answered = 0
  /// Of those answered: by earlier runs.
  private(set) var before = 0
  /// Of those answered: out of the ledger.
  private(set) var repeated = 0
  /// Lines of items without an answer, as they came.
  private(set) var unanswered: [BatchLine] = []
  /// All the batch has cost, earlier runs included.
  private(set) var cost = CallCost.nothing
  /// The most that shadows may have cost beside.
  private(set) var shadows = CallCost.nothing
  /// What this run has cost.
  private(set) var costNow = CallCost.nothing
  private(set) var routes: CostTable
  /// By model: its calls and what they cost.
  private(set) var models: [String: (calls: Int, cost: CallCost)] = [:]
  /// Items of this run.
  private(set) var now = 0

  init(total: Int, routes: CostTable) {
    self.total = total
    self.routes = routes
  }

  var done: Int { answered + unanswered.count }
  var failed: Int { unanswered.count { !$0.isLost } }
  var lost: Int { unanswered.count - failed }
  var left: Int { total - done }

  /// Where a line comes from.
  enum Source {
    case earlierRun, ledger, thisRun
  }

  mutating func add(_ line: BatchLine, from source: Source) {
    let cost = line.costWhole
    self.cost = self.cost + cost
    shadows = shadows + CallCost(line.shadows)
    routes.add(route: line.route, cost: cost, isAnswered: line.isAnswered)
    for attempt in line.attempts {
      guard let model = attempt.model, attempt.verdict != "dropped" else { continue }
      let sum = models[model] ?? (0, .nothing)
      models[model] = (sum.calls + 1, sum.cost + CallCost(attempt.cost))
    }
    if line.isAnswered { answered += 1 } else { unanswered.append(line) }
    switch source {
    case .earlierRun: if line.isAnswered { before += 1 }
    case .ledger: if line.isAnswered { repeated += 1 }
    case .thisRun:
      now += 1
      costNow = costNow + CallCost(line.cost)
    }
  }
}

extension EntryCost {
  init(_ cost: CallCost) {
    switch cost {
    case .exact(let money): self = .exact(money)
    case .atMost(let money): self = .atMost(money)
    case .unknown: self = .unknown
    }
  }
}

extension CallCost {
  init(_ cost: EntryCost) {
    switch (cost.certainty, cost.money) {
    case (.exact, .some(let money)): self = .exact(money)
    case (.atMost, .some(let money)): self = .atMost(money)
    case (.unknown, _), (.exact, nil), (.atMost, nil): self = .unknown
    }
  }
}
