import PolicySemantics
import PolicySource
import PolicySyntax

@testable import PolicyGraph

/// How often each construct occurred in the generated policies, was looked at, and came out true.
struct ConstructTable {
  struct Row {
    var written = 0
    var yes = 0
    var no = 0
    var unknown = 0
    /// How often its value alone decided the condition it stood in.
    var decisive = 0
  }

  private(set) var rows: [String: Row] = [:]

  static let names: [String] = {
    var names = ["and", "or", "not", "named condition", "import", "classifier needed"]
    names += ["fact problem", "no task", "guard"]
    names += ["stream", "bool fact", "healthy", "task", "format", "weekday", "label fact"]
    names += ["classifier", "tools has"]
    names += ["max_tokens", "temperature", "tools", "images", "messages", "turn", "chars"]
    names += ["tokens", "lines", "hour", "date", "points", "count fact", "used share"]
    names += ["left share", "used", "left", "model", "language", "tenant", "user", "key"]
    names += ["conversation", "text fact", "mentions", "contains", "starts with", "matches"]
    names += TextFeature.allCases.map { "has \($0.rawValue)" }
    names += ["one of several", "=", "<", "<=", ">", ">="]
    return names
  }()

  mutating func count(_ name: String, _ change: (inout Row) -> Void) {
    change(&rows[name, default: Row()])
  }

  mutating func merge(_ other: ConstructTable) {
    for (name, row) in other.rows {
      count(name) {
        $0.written += row.written
        $0.yes += row.yes
        $0.no += row.no
        $0.unknown += row.unknown
        $0.decisive += row.decisive
      }
    }
  }

  mutating func saw(_ test: RequestTest, _ truth: ReferenceTruth) {
    for name in ConstructTable.constructs(of: test) {
      count(name) {
        switch truth {
        case .yes: $0.yes += 1
        case .no: $0.no += 1
        case .unknown: $0.unknown += 1
        }
      }
    }
  }

  // MARK: What a policy is written with

  mutating func add(_ policy: CheckedPolicy) {
    policy.routes.forEach { add($0.condition) }
    policy.tasks.forEach { add($0.condition) }
    policy.conditions.forEach { add($0.condition) }
    policy.points.forEach { $0.lines.forEach { add($0.condition) } }
    policy.budgets.forEach { add($0.condition) }
    policy.guards.forEach { add($0.condition) }
    count("guard") { $0.written += policy.guards.count }
    if policy.sources.files.count > 1 { count("import") { $0.written += 1 } }
  }

  private mutating func add(_ condition: CheckedCondition?) {
    switch condition {
    case nil: break
    case .all(let parts, _):
      count("and") { $0.written += 1 }
      parts.forEach { add($0) }
    case .any(let parts, _):
      count("or") { $0.written += 1 }
      parts.forEach { add($0) }
    case .not(let part, _):
      count("not") { $0.written += 1 }
      add(part)
    case .named: count("named condition") { $0.written += 1 }
    case .test(let test, _):
      for name in ConstructTable.constructs(of: test) { count(name) { $0.written += 1 } }
    }
  }

  static func constructs(of test: RequestTest) -> [String] {
    switch test {
    case .flag(.stream): ["stream"]
    case .flag(.fact): ["bool fact"]
    case .flag(.healthy): ["healthy"]
    case .label(let field, let labels):
      [name(of: field)] + (labels.count > 1 ? ["one of several"] : [])
    case .number(let field, let comparison, _): [name(of: field), comparison.rawValue]
    case .name(let field, let names):
      [name(of: field)] + (names.count > 1 ? ["one of several"] : [])
    case .text(_, .mentions): ["mentions"]
    case .text(_, .contains): ["contains"]
    case .text(_, .startsWith): ["starts with"]
    case .text(_, .matches): ["matches"]
    case .text(_, .has(let features)): features.map { "has \($0.rawValue)" }
    case .offersTool: ["tools has"]
    }
  }

  private static func name(of field: LabelField) -> String {
    switch field {
    case .task: "task"
    case .format: "format"
    case .weekday: "weekday"
    case .fact: "label fact"
    case .classifier: "classifier"
    }
  }

  private static func name(of field: NameField) -> String {
    switch field {
    case .model: "model"
    case .language: "language"
    case .identity(let identity): identity.rawValue
    case .fact: "text fact"
    }
  }

  private static func name(of field: NumberField) -> String {
    switch field {
    case .maxTokens: "max_tokens"
    case .temperature: "temperature"
    case .tools: "tools"
    case .images: "images"
    case .messages: "messages"
    case .turn: "turn"
    case .chars: "chars"
    case .tokens: "tokens"
    case .lines: "lines"
    case .hour: "hour"
    case .date: "date"
    case .points: "points"
    case .fact: "count fact"
    case .budgetUsedShare: "used share"
    case .budgetLeftShare: "left share"
    case .budgetUsed: "used"
    case .budgetLeft: "left"
    }
  }
}

extension ConstructTable: CustomStringConvertible {
  var description: String {
    let header = ["construct", "written", "yes", "no", "unknown", "decisive"]
    let lines = ConstructTable.names.map { name in
      let row = rows[name] ?? Row()
      return [name] + [row.written, row.yes, row.no, row.unknown, row.decisive].map(String.init)
    }
    return ([header] + lines).map { cells in
      cells.enumerated().map { index, cell in
        let gap = String(repeating: " ", count: max(0, (index == 0 ? 18 : 9) - cell.count))
        return index == 0 ? cell + gap : gap + cell
      }.joined()
    }.joined(separator: "\n")
  }
}
