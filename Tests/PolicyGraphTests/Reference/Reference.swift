import PolicySemantics

@testable import PolicyGraph

/// Decides straight over the checked policy and the request: slow and obviously right.
///
/// It shares no code with the graph: no atoms, no index, no scans, no slots. What LANGUAGE says is
/// written down a second time here, as plainly as possible.
struct Reference {
  let policy: CheckedPolicy
  let input: RequestInput
  let facts: [FactValue]
  let texts: ReferenceTexts
  /// Called with every test that is looked at and its value.
  var seen: (RequestTest, ReferenceTruth) -> Void = { _, _ in }

  enum Outcome: Equatable {
    case route(Int, task: Int?)
    case needs(Int)
  }

  func decide() -> Outcome {
    for (index, route) in policy.routes.enumerated() {
      guard let condition = route.condition else { return .route(index, task: task()) }
      switch truth(condition) {
      case .yes: return .route(index, task: task())
      case .no: continue
      case .unknown: return .needs(hangsOn(condition) ?? -1)
      }
    }
    return .route(-1, task: nil)
  }

  func truth(_ condition: CheckedCondition) -> ReferenceTruth {
    switch condition {
    case .all(let parts, _):
      let values = parts.map(truth)
      return values.contains(.no) ? .no : values.contains(.unknown) ? .unknown : .yes
    case .any(let parts, _):
      let values = parts.map(truth)
      return values.contains(.yes) ? .yes : values.contains(.unknown) ? .unknown : .no
    case .not(let part, _):
      switch truth(part) {
      case .yes: return .no
      case .no: return .yes
      case .unknown: return .unknown
      }
    case .named(let id, _):
      return truth(policy[id].condition)
    case .test(let test, _):
      let value = truth(test)
      seen(test, value)
      return value
    }
  }

  // MARK: Tasks and points

  /// Every task it may turn out to be; nil stands for none.
  func possibleTasks() -> [Int?] {
    var possible: [Int?] = []
    for (index, task) in policy.tasks.enumerated() {
      switch task.condition.map(truth) ?? .yes {
      case .yes: return possible + [index]
      case .unknown: possible.append(index)
      case .no: break
      }
    }
    return possible + [nil]
  }

  private func task() -> Int? {
    let possible = possibleTasks()
    return possible.count == 1 ? possible[0] : nil
  }

  func pointsRange(_ points: CheckedPoints) -> ClosedRange<Int64> {
    var low: Int64 = 0
    var high: Int64 = 0
    for line in points.lines {
      switch truth(line.condition) {
      case .yes:
        low += line.weight
        high += line.weight
      case .unknown: high += line.weight
      case .no: break
      }
    }
    return low...high
  }

  // MARK: Classifiers

  /// The classifier an unknown condition hangs on: the leftmost that is not settled around it.
  private func hangsOn(_ condition: CheckedCondition) -> Int? {
    guard truth(condition) == .unknown else { return nil }
    switch condition {
    case .all(let parts, _), .any(let parts, _):
      return parts.lazy.compactMap { hangsOn($0) }.first
    case .not(let part, _): return hangsOn(part)
    case .named(let id, _): return hangsOn(policy[id].condition)
    case .test(.label(.classifier(let id), _), _): return id.index
    case .test(.label(.task, _), _):
      return policy.tasks.lazy.compactMap { $0.condition.flatMap { hangsOn($0) } }.first
    case .test(.number(.points(let id), _, _), _):
      return policy[id].lines.lazy.filter { $0.weight != 0 }
        .compactMap { hangsOn($0.condition) }.first
    case .test: return nil
    }
  }
}

/// Yes, no, or it hangs on a classifier.
enum ReferenceTruth: String, Equatable {
  case yes, no, unknown

  init(_ holds: Bool) { self = holds ? .yes : .no }
}
