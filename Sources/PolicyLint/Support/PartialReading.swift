import PolicyGraph
import PolicySemantics
import PolicySyntax

/// A policy's conditions where only some tests have a value.
///
/// What hangs on a test without one is unknown, so `no` and `yes` are certain: whatever else a
/// request says, it is so. Each named condition and each points sum is found once.
struct PartialReading {
  private let policy: CheckedPolicy
  private let assumption: Assumption
  private var conditions: [Truth?]
  private var points: [ClosedRange<Int64>?]
  /// The tasks a request may still have.
  private var openTasks: [Bool]?
  private var depth = 0

  /// Parts nested deeper than this are unknown.
  private static let deepest = 400

  init(_ policy: CheckedPolicy, _ assumption: Assumption) {
    self.policy = policy
    self.assumption = assumption
    conditions = Array(repeating: nil, count: policy.conditions.count)
    points = Array(repeating: nil, count: policy.points.count)
  }

  /// Whether a request may take each route: not if its condition is certain to fail, or an earlier
  /// one is certain to hold.
  ///
  /// O(size of the policy).
  mutating func reachableRoutes() -> [Bool] {
    var isTaken = false
    var reachable: [Bool] = []
    for route in policy.routes {
      let holds = truth(route.condition)
      reachable.append(!isTaken && holds != .no)
      if holds == .yes { isTaken = true }
    }
    return reachable
  }

  /// Where there is no condition it holds.
  mutating func truth(_ condition: CheckedCondition?) -> Truth {
    guard let condition else { return .yes }
    guard depth < Self.deepest else { return .unknown }
    depth += 1
    defer { depth -= 1 }
    switch condition {
    case .all(let parts, _): return all(parts)
    case .any(let parts, _): return any(parts)
    case .not(let part, _): return truth(part).negated
    case .named(let id, _):
      if let found = conditions[id.index] { return found }
      let found = truth(policy[id].condition)
      conditions[id.index] = found
      return found
    case .test(let test, _): return truth(test)
    }
  }

  private mutating func all(_ parts: [CheckedCondition]) -> Truth {
    var all = Truth.yes
    for part in parts {
      switch truth(part) {
      case .no: return .no
      case .unknown: all = .unknown
      case .yes: continue
      }
    }
    return all
  }

  private mutating func any(_ parts: [CheckedCondition]) -> Truth {
    var any = Truth.no
    for part in parts {
      switch truth(part) {
      case .yes: return .yes
      case .unknown: any = .unknown
      case .no: continue
      }
    }
    return any
  }

  private mutating func truth(_ test: RequestTest) -> Truth {
    switch test {
    case .label(.task, let labels): return task(oneOf: labels)
    case .number(.points(let id), let comparison, let value):
      return Truth(comparison, sum(of: id), value)
    case .flag, .label, .number, .name, .text, .offersTool:
      return assumption.truth(of: test, in: policy)
    }
  }

  private mutating func task(oneOf labels: [Int]) -> Truth {
    let open = tasks()
    var inside = false
    var outside = false
    for (task, isOpen) in open.enumerated() where isOpen {
      if labels.contains(task) { inside = true } else { outside = true }
    }
    return inside ? (outside ? .unknown : .yes) : .no
  }

  private mutating func tasks() -> [Bool] {
    if let openTasks { return openTasks }
    var open: [Bool] = []
    var isTaken = false
    for task in policy.tasks {
      let holds = truth(task.condition)
      open.append(!isTaken && holds != .no)
      if holds == .yes { isTaken = true }
    }
    openTasks = open
    return open
  }

  private mutating func sum(of id: PointsID) -> ClosedRange<Int64> {
    if let found = points[id.index] { return found }
    var (low, high): (Int64, Int64) = (0, 0)
    for line in policy[id].lines {
      let holds = truth(line.condition)
      if holds == .yes { low = Self.sum(low, line.weight) }
      if holds != .no { high = Self.sum(high, line.weight) }
    }
    let found = low...max(low, high)
    points[id.index] = found
    return found
  }

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

extension Truth {
  init(_ holds: Bool) { self = holds ? .yes : .no }

  /// How every number of a range compares.
  init(_ comparison: Comparison, _ range: ClosedRange<Int64>, _ value: Int64) {
    let (low, high) = (range.lowerBound, range.upperBound)
    switch comparison {
    case .equal:
      self = low == high && low == value ? .yes : range.contains(value) ? .unknown : .no
    case .notEqual:
      self = low == high && low == value ? .no : range.contains(value) ? .unknown : .yes
    case .less: self = high < value ? .yes : low < value ? .unknown : .no
    case .lessOrEqual: self = high <= value ? .yes : low <= value ? .unknown : .no
    case .greater: self = low > value ? .yes : high > value ? .unknown : .no
    case .greaterOrEqual: self = low >= value ? .yes : high >= value ? .unknown : .no
    }
  }
}
