import PolicySemantics

extension LintSubject {
  /// Every condition over requests with what it belongs to, in words; each named condition once.
  var conditions: [(CheckedCondition, owner: String)] {
    var found: [(CheckedCondition, owner: String)] = []
    for named in policy.conditions { found.append((named.condition, "`\(named.name)`")) }
    for points in policy.points {
      for line in points.lines { found.append((line.condition, "this line of `\(points.name)`")) }
    }
    for task in policy.tasks {
      if let condition = task.condition { found.append((condition, "task `\(task.name)`")) }
    }
    for budget in policy.budgets {
      if let condition = budget.condition { found.append((condition, "`\(budget.name)`")) }
    }
    for compression in policy.compressions {
      if let condition = compression.condition {
        found.append((condition, "`\(compression.name)`"))
      }
    }
    for declared in policy.guards {
      if let condition = declared.condition {
        found.append((condition, "guard `\(declared.name)`"))
      }
    }
    for route in policy.routes {
      if let condition = route.condition { found.append((condition, "route `\(route.name)`")) }
    }
    for always in policy.always { found.append((always.condition, "`\(always.title)`")) }
    return found
  }
}
