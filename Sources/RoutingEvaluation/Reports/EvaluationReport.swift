import PolicyUnits
import RoutingRuntime

/// What an evaluation came to: policies, the models alone, the oracle, their differences.
package struct EvaluationReport: Sendable {
  package let gold: GoldSet
  /// The policies in the order they were named, then models, then the oracle if there are models.
  package let entries: [EvaluationEntry]
  package let summaries: [EvaluationSummary]
  /// By task in the order of the set, summaries beside `entries`; empty if no question has a task.
  package let tasks: [(name: String, summaries: [EvaluationSummary])]
  package let comparisons: [EntryComparison]
  package let frontier: CostFrontier
  package let seed: UInt64

  /// Entries have an outcome for each question of the set.
  package init(
    _ gold: GoldSet, policies: [EvaluationEntry], models: [EvaluationEntry], seed: UInt64
  ) {
    self.gold = gold
    self.seed = seed
    var entries = policies + models
    if !models.isEmpty {
      entries.append(EvaluationEntry(oracleOf: models, count: gold.items.count))
    }
    self.entries = entries
    let all = Array(gold.items.indices)
    summaries = entries.map { EvaluationSummary($0, all, seed: seed) }
    var order: [String] = []
    var places: [String: [Int]] = [:]
    for (index, item) in gold.items.enumerated() {
      guard let task = item.task else { continue }
      if places[task] == nil { order.append(task) }
      places[task, default: []].append(index)
    }
    tasks = order.map { task in
      (
        name: task,
        summaries: entries.map { EvaluationSummary($0, places[task] ?? [], seed: seed) }
      )
    }
    frontier = CostFrontier(entries, seed: seed)
    comparisons = Self.comparisons(policies, models, seed: seed)
  }

  /// The first policy against each other, and against the best single model.
  private static func comparisons(
    _ policies: [EvaluationEntry], _ models: [EvaluationEntry], seed: UInt64
  ) -> [EntryComparison] {
    guard let first = policies.first else { return [] }
    let others = policies.dropFirst().map { EntryComparison(first, $0, seed: seed) }
    let best = models.max { one, other in
      let (a, b) = (right(one), right(other))
      return a.count != b.count ? a.count < b.count : a.cost > b.cost
    }
    return others + (best.map { [EntryComparison($0, first, seed: seed)] } ?? [])
  }

  private static func right(_ entry: EvaluationEntry) -> (count: Int, cost: Int128) {
    (
      entry.outcomes.count { $0.grade?.isRight == true },
      entry.outcomes.reduce(0) { $0 + Int128($1.cost.money?.nanos ?? .max) }
    )
  }
}
