package import PolicySemantics
import PolicySource

extension DecisionGraph {
  /// Lowers a checked policy.
  ///
  /// - Throws: if the texts' patterns, each sound by itself, are too large together.
  /// - Complexity: O(n log n) in the size of the policy.
  package convenience init(_ policy: CheckedPolicy) throws(LoweringProblem) {
    var builder = GuardBuilder(parts: GraphParts(policy: policy))
    builder.lowerShared()
    builder.lowerSites()
    builder.lowerDeepParts()
    var parts = builder.finish()
    do throws(TextScans.Refusal) {
      try parts.scans.freeze()
    } catch {
      throw LoweringProblem(error, parts)
    }
    parts.index = RouteIndex(for: parts)
    self.init(parts)
  }
}

extension LoweringProblem {
  fileprivate init(_ refusal: TextScans.Refusal, _ parts: GraphParts) {
    let atom =
      parts.atoms.firstIndex {
        $0.operation == .scanned && $0.source == refusal.source
          && $0.operand == Int64(refusal.pattern)
      } ?? 0
    let node = parts.nodes.firstIndex { $0.kind == .atom && Int($0.operand) == atom } ?? 0
    self.init(span: parts.nodeSpans[node], problem: refusal.problem)
  }
}

extension GuardBuilder {
  /// Named conditions, points and tasks: what other conditions refer to.
  fileprivate mutating func lowerShared() {
    let policy = parts.policy
    parts.pieces = Array(repeating: 0, count: policy.conditions.count)
    for (index, named) in policy.conditions.enumerated() {
      parts.pieces[index] = lower(named.condition)
    }
    for (index, points) in policy.points.enumerated() {
      let lines = lowerChildren(
        points.lines.map(\.condition), under: .points, operand: UInt32(index), span: points.span)
      parts.pointsRoots.append(lines.root)
      parts.weights.append(points.lines.map(\.weight))
      parts.lineRoots.append(lines.children)
    }
    lowerTasks()
  }

  private mutating func lowerTasks() {
    let policy = parts.policy
    parts.taskRoots = Array(repeating: nil, count: policy.tasks.count)
    var conditions: [CheckedCondition] = []
    for (index, task) in policy.tasks.enumerated() {
      guard let condition = task.condition else {
        parts.lastTask = index
        break
      }
      conditions.append(condition)
      parts.taskOfChild.append(index)
    }
    guard let first = policy.tasks.first, !conditions.isEmpty else { return }
    let tasks = lowerChildren(conditions, under: .tasks, operand: 0, span: first.span)
    parts.tasksRoot = tasks.root
    for (child, root) in tasks.children.enumerated() {
      parts.taskRoots[parts.taskOfChild[child]] = root
    }
  }

  fileprivate mutating func lowerSites() {
    let policy = parts.policy
    parts.routeRoots = policy.routes.map { lower($0.condition) }
    parts.budgetRoots = policy.budgets.map { lower($0.condition) }
    parts.compressionRoots = policy.compressions.map { lower($0.condition) }
    parts.guardRoots = policy.guards.map { lower($0.condition) }
    parts.alwaysRoots = policy.always.map { lower($0.condition) }
  }
}
