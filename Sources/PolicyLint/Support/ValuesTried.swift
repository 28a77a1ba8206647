import PolicySemantics
import PolicySource

/// The values of facts and model names that conditions tell apart.
struct ValuesTried {
  private var numbers: [FactID: Set<Int64>] = [:]
  private var texts: [FactID: Set<ExactText>] = [:]
  private var models: Set<ExactText> = []

  init(_ policy: CheckedPolicy) {
    for route in policy.routes { add(route.condition) }
    for task in policy.tasks { add(task.condition) }
    for named in policy.conditions { add(named.condition) }
    for points in policy.points { for line in points.lines { add(line.condition) } }
    for declared in policy.guards { add(declared.condition) }
    for budget in policy.budgets { add(budget.condition) }
  }

  /// Every value of a closed fact; of an open one those conditions name, and numbers beside them.
  func values(of fact: FactID, in policy: CheckedPolicy) -> [FactValue] {
    switch policy[fact].type {
    case .bool: [.bool(false), .bool(true)]
    case .labels(let labels): labels.indices.map { .label($0) }
    case .count: (numbers[fact] ?? []).sorted().map { .count($0) }
    case .text: (texts[fact] ?? []).sorted().map { .text($0.text) }
    }
  }

  /// Models of the catalog, and names conditions ask for.
  func modelNames(in policy: CheckedPolicy) -> [String] {
    let known = policy.vocabulary.models.map(\.name)
    return known + models.subtracting(known.exact).sorted().texts
  }

  private mutating func add(_ condition: CheckedCondition?) {
    guard let condition else { return }
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .named: return
    case .test(.number(.fact(let id), _, let value), _):
      if value > 0 { numbers[id, default: []].insert(value - 1) }
      if value >= 0 { numbers[id, default: []].insert(value) }
      if (0..<Int64.max).contains(value) { numbers[id, default: []].insert(value + 1) }
    case .test(.name(.fact(let id), let names), _): texts[id, default: []].formUnion(names.exact)
    case .test(.name(.model, let names), _): models.formUnion(names.exact)
    case .test: return
    }
  }
}
