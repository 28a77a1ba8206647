import PolicySemantics

@testable import PolicyGraph

extension CheckedPolicy {
  /// Every place with a condition, and the condition.
  var sites: [(ConditionSite, CheckedCondition?)] {
    var sites: [(ConditionSite, CheckedCondition?)] = []
    for (index, guarded) in guards.enumerated() {
      sites.append((.guarding(GuardID(index)), guarded.condition))
    }
    for (index, budget) in budgets.enumerated() {
      sites.append((.budget(BudgetID(index)), budget.condition))
    }
    for (index, task) in tasks.enumerated() where task.condition != nil {
      sites.append((.task(TaskID(index)), task.condition))
    }
    for (index, named) in conditions.enumerated() {
      sites.append((.named(ConditionID(index)), named.condition))
    }
    for (index, points) in points.enumerated() {
      for (line, written) in points.lines.enumerated() {
        sites.append((.pointsLine(PointsID(index), line), written.condition))
      }
    }
    return sites
  }
}
