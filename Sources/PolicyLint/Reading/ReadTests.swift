import PolicySemantics
import PolicySource

/// A test a condition reads, itself or through a name, a task or a sum of points.
struct ReadTest {
  let test: RequestTest
  let span: Span
  let role: Role
  /// The task whose condition it is a part of; nil if it is read without one.
  let task: Int?

  enum Role: Hashable {
    /// Its being so speaks for the condition.
    case wanted
    /// Its being so speaks against the condition, as under `not`.
    case unwanted
    /// It counts in a sum of points.
    case counted
  }

  /// Every test that some of these conditions read, each place of it once for each role, roughly in
  /// written order.
  ///
  /// O(tasks × size of the policy's conditions), however often they name each other.
  static func all(_ conditions: [CheckedCondition], in policy: CheckedPolicy) -> [ReadTest] {
    var walk = Walk(policy: policy)
    walk.left = conditions.reversed().map { Step(condition: $0, role: .wanted, task: nil) }
    walk.run()
    return walk.found
  }

  private struct Walk {
    let policy: CheckedPolicy
    var left: [Step] = []
    var found: [ReadTest] = []
    private var seen: Set<Key> = []

    private enum Key: Hashable {
      case condition(ConditionID, Role, task: Int?)
      case task(Int, Role)
      case points(PointsID)
    }

    init(policy: CheckedPolicy) { self.policy = policy }

    mutating func run() {
      while let step = left.popLast() {
        switch step.condition {
        case .all(let parts, _), .any(let parts, _):
          for part in parts.reversed() { enter(part, step.role, step.task) }
        case .not(let part, _): enter(part, step.role.opposite, step.task)
        case .named(let id, _):
          guard seen.insert(.condition(id, step.role, task: step.task)).inserted else { continue }
          enter(policy[id].condition, step.role, step.task)
        case .test(let test, let span):
          found.append(ReadTest(test: test, span: span, role: step.role, task: step.task))
          follow(test, step)
        }
      }
    }

    private mutating func enter(_ condition: CheckedCondition, _ role: Role, _ task: Int?) {
      left.append(Step(condition: condition, role: role, task: task))
    }

    /// Goes on to what a test of a task or of points reads.
    private mutating func follow(_ test: RequestTest, _ step: Step) {
      switch test {
      case .label(.task, let tasks):
        for task in tasks.reversed() where seen.insert(.task(task, step.role)).inserted {
          guard let condition = policy.tasks[task].condition else { continue }
          enter(condition, step.role, task)
        }
      case .number(.points(let id), _, _):
        guard seen.insert(.points(id)).inserted else { return }
        for line in policy[id].lines.reversed() { enter(line.condition, .counted, step.task) }
      case .flag, .label, .number, .name, .text, .offersTool: break
      }
    }
  }

  private struct Step {
    let condition: CheckedCondition
    let role: Role
    let task: Int?
  }
}

extension ReadTest.Role {
  fileprivate var opposite: Self {
    switch self {
    case .wanted: .unwanted
    case .unwanted: .wanted
    case .counted: .counted
    }
  }
}
