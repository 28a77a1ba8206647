import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

extension Decision {
  /// A short digest of what was decided: outcome, route, task, arm, calls with their caps and costs,
  /// budgets.
  ///
  /// A decision made again from a record has the mark of the one that was made, or is another.
  package var mark: UInt64 {
    var hash = StableHash()
    add(outcome, to: &hash)
    for index in [route?.index, task?.index, arm?.index, plan.start] {
      hash.combine(UInt64(bitPattern: Int64(index ?? -1)))
    }
    for call in plan.calls {
      hash.combine(UInt64(bitPattern: Int64(call.model?.index ?? -1)))
      hash.combine(call.isKept ? 1 : 0)
      hash.combine(UInt64(bitPattern: call.output.tokens ?? -1))
      hash.combine(UInt64(bitPattern: call.output.tokensAtWorst ?? -1))
      add(call.cost, to: &hash)
    }
    hash.combine(UInt64(budgets.count))
    for standing in budgets {
      hash.combine(UInt64(standing.budget.index))
      hash.combine(UInt64(bitPattern: standing.used))
    }
    add(cost, to: &hash)
    return hash.digest.first
  }

  private func add(_ outcome: Outcome, to hash: inout StableHash) {
    switch outcome {
    case .route: hash.combine(0)
    case .refused(let refusal): hash.combine(1 + code(refusal))
    case .needs(let id): hash.combine(100 + UInt64(id.index))
    }
  }

  private func code(_ refusal: Refusal) -> UInt64 {
    switch refusal {
    case .byGuard: 0
    case .byRoute: 1
    case .byBudget: 2
    case .emptied: 3
    case .unreadable: 4
    }
  }

  private func add(_ cost: CostInterval, to hash: inout StableHash) {
    for figure in [cost.atLeast, cost.expected, cost.atMost] {
      hash.combine(UInt64(bitPattern: figure.money?.nanos ?? -1))
    }
  }
}
