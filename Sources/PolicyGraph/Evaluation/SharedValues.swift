/// Sums of points and the task, as their lines are evaluated one after the other.
extension DecisionGraph {
  func begin(points: UInt32, _ scratch: inout Scratch) {
    scratch.points[Int(points)].low = 0
    scratch.points[Int(points)].high = 0
    scratch.points[Int(points)].line = 0
  }

  /// Counts a line: a line that may hold widens the interval.
  func add(_ line: Truth, to points: UInt32, _ scratch: inout Scratch) {
    let index = Int(points)
    let weight = parts.weights[index][scratch.points[index].line]
    scratch.points[index].line += 1
    switch line {
    case .no: break
    case .yes:
      scratch.points[index].low = DecisionGraph.sum(scratch.points[index].low, weight)
      scratch.points[index].high = DecisionGraph.sum(scratch.points[index].high, weight)
    case .unknown:
      scratch.points[index].high = DecisionGraph.sum(scratch.points[index].high, weight)
    }
  }

  func beginTasks(_ scratch: inout Scratch) {
    scratch.task.only = nil
    scratch.task.isOpen = false
    scratch.task.isClosed = false
    scratch.task.child = 0
    for word in scratch.task.open.indices { scratch.task.open[word] = 0 }
  }

  /// Takes the value of the next task's condition.
  ///
  /// - Returns: whether no further condition matters.
  func settleTask(_ value: Truth, isLast: Bool, _ scratch: inout Scratch) -> Bool {
    let task = parts.taskOfChild[scratch.task.child]
    scratch.task.child += 1
    switch value {
    case .no: break
    case .yes:
      close(with: task, &scratch)
      return true
    case .unknown:
      scratch.task.isOpen = true
      scratch.task.open[task / 64] |= 1 << UInt64(task % 64)
    }
    if isLast, let last = parts.lastTask { close(with: last, &scratch) }
    return isLast
  }

  private func close(with task: Int, _ scratch: inout Scratch) {
    scratch.task.isClosed = true
    if scratch.task.isOpen {
      scratch.task.open[task / 64] |= 1 << UInt64(task % 64)
    } else {
      scratch.task.only = task
    }
  }

  /// Weights are not negative; a sum stays at the largest number.
  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}
