import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingRuntime

/// Turns the conditions of one policy into diagrams: tests into literals, names, tasks and points
/// into what they stand for.
///
/// Everything shared is made once. Reads the checked conditions, which have the shape and the
/// meaning of the graph's guards; the tests hold the two against each other.
final class ConditionDiagrams {
  private let policy: CheckedPolicy
  private let space: FieldSpace
  private let store: DiagramStore
  private var tests: [RequestTest: Diagram] = [:]
  private var named: [ConditionID: Diagram] = [:]
  /// By task: where its condition holds and none before it does.
  private var tasks: [Diagram]?
  /// By points: the sums, each with where it is reached.
  private var sums: [PointsID: [(sum: Int64, region: Diagram)]] = [:]

  init(_ policy: CheckedPolicy, _ space: FieldSpace, _ store: DiagramStore) {
    self.policy = policy
    self.space = space
    self.store = store
  }

  /// Where a condition holds; recursion is as deep as the condition is nested.
  func diagram(_ condition: CheckedCondition?) throws(DiagramsTooLarge) -> Diagram {
    guard let condition else { return .always }
    switch condition {
    case .all(let parts, _):
      return try balanced(parts[...]) { a, b throws(DiagramsTooLarge) in try store.and(a, b) }
    case .any(let parts, _):
      return try balanced(parts[...]) { a, b throws(DiagramsTooLarge) in try store.or(a, b) }
    case .not(let part, _): return try store.not(try diagram(part))
    case .named(let id, _):
      if let known = named[id] { return known }
      let found = try diagram(policy[id].condition)
      named[id] = found
      return found
    case .test(let test, _): return try diagram(test)
    }
  }

  /// Joins the halves, so that a list of a thousand parts costs n log n and not n².
  private func balanced(
    _ parts: ArraySlice<CheckedCondition>,
    _ join: (Diagram, Diagram) throws(DiagramsTooLarge) -> Diagram
  ) throws(DiagramsTooLarge) -> Diagram {
    guard parts.count > 1 else { return try diagram(parts.first) }
    let middle = parts.startIndex + parts.count / 2
    return try join(
      try balanced(parts[..<middle], join), try balanced(parts[middle...], join))
  }

  /// Where a request has a task.
  func task(_ id: TaskID) throws(DiagramsTooLarge) -> Diagram {
    if let tasks { return tasks[id.index] }
    var left = Diagram.always
    var found: [Diagram] = []
    for task in policy.tasks {
      let holds = try diagram(task.condition)
      found.append(try store.and(left, holds))
      left = try store.minus(left, holds)
    }
    tasks = found
    return found[id.index]
  }

  func diagram(_ test: RequestTest) throws(DiagramsTooLarge) -> Diagram {
    if let known = tests[test] { return known }
    let found = try made(test)
    tests[test] = found
    return found
  }

  private func made(_ test: RequestTest) throws(DiagramsTooLarge) -> Diagram {
    switch test {
    case .flag(let flag):
      return try literal(AnalysisField(flag, policy), oneOf: [.yes])
    case .label(.task, let labels):
      var found = Diagram.never
      for label in labels { found = try store.or(found, try task(TaskID(label))) }
      return found
    case .label(let field, let labels):
      guard let (field, all) = AnalysisField.labels(field, policy) else { return .never }
      return try literal(field, oneOf: Set(labels.map { FieldCell.label(all[$0]) }))
    case .number(.points(let id), let comparison, let number):
      var found = Diagram.never
      for entry in try pointSums(id) where comparison.holds(entry.sum, number) {
        found = try store.or(found, entry.region)
      }
      return found
    case .number(let field, let comparison, let number):
      guard let test = NumberTest(field, comparison, number, policy),
        let level = space.level(of: test.field)
      else { return .never }
      let cells = space.variables[level].cells(in: test.ranges)
      let isHeld = test.ranges.contains { $0.contains(omitted(test.field)?.number ?? -1) }
      return try store.literal(level: level, cells: with(omission: isHeld, cells, level))
    case .name(let field, let names):
      return try literal(
        AnalysisField(field, policy), oneOf: Set(names.exact.map(FieldCell.name)))
    case .text(let part, let text):
      return try diagram(PlainTextTest(text), of: part)
    case .offersTool(let names):
      var found = Diagram.never
      for name in names.exact {
        found = try store.or(found, try literal(.tool(name), oneOf: [.yes]))
      }
      return found
    }
  }

  private func diagram(
    _ test: PlainTextTest, of part: TextPart
  ) throws(DiagramsTooLarge) -> Diagram {
    let fields: [AnalysisField]
    switch test {
    case .list(let kind, let words):
      fields = words.compactMap { space.textClass(of: $0, part, kind) }
    case .probe(let probe): fields = [.text(part, probe)]
    case .any(let probes): fields = probes.map { .text(part, $0) }
    }
    var found = Diagram.never
    for field in Set(fields.compactMap { space.level(of: $0) }).sorted().reversed() {
      found = try store.or(found, try store.literal(level: field, cells: [1..<2]))
    }
    return found
  }

  private func literal(
    _ field: AnalysisField, oneOf cells: Set<FieldCell>
  ) throws(DiagramsTooLarge) -> Diagram {
    guard let level = space.level(of: field) else { return .never }
    let isHeld = omitted(field).map(cells.contains) ?? false
    return try store.literal(
      level: level,
      cells: with(omission: isHeld, space.variables[level].cells(oneOf: cells), level))
  }

  /// What the policy reads where a request leaves a fact out.
  private func omitted(_ field: AnalysisField) -> FieldCell? {
    guard case .fact(let name) = field else { return nil }
    return policy.facts.first { $0.name == name }?.defaultCell
  }

  /// The cells and, if the fact's default passes too, that of requests that leave it out.
  private func with(omission isHeld: Bool, _ cells: [Range<Int>], _ level: Int) -> [Range<Int>] {
    let all = space.variables[level].cells
    guard isHeld, case .fact = space.variables[level].field, all.last == .absent else {
      return cells
    }
    let last = all.count - 1
    guard let end = cells.last, end.upperBound == last else {
      return cells + [last..<(last + 1)]
    }
    return cells.dropLast() + [end.lowerBound..<(last + 1)]
  }

  /// The sums the lines of a declaration can reach, each with its region.
  private func pointSums(
    _ id: PointsID
  ) throws(DiagramsTooLarge) -> [(sum: Int64, region: Diagram)] {
    if let known = sums[id] { return known }
    var reached: [Int64: Diagram] = [0: .always]
    for line in policy[id].lines {
      let holds = try diagram(line.condition)
      var next: [Int64: Diagram] = [:]
      for (sum, region) in reached.sorted(by: { $0.key < $1.key }) {
        let with = try store.and(region, holds)
        let without = try store.minus(region, holds)
        let (raised, overflow) = sum.addingReportingOverflow(line.weight)
        for (sum, region) in [(sum, without), (overflow ? .max : raised, with)]
        where region != .never {
          next[sum] = try store.or(next[sum] ?? .never, region)
        }
      }
      reached = next
    }
    let found = reached.sorted { $0.key < $1.key }.map { (sum: $0.key, region: $0.value) }
    sums[id] = found
    return found
  }
}

extension FieldCell {
  /// The number of a cell that holds one.
  fileprivate var number: Int64? {
    guard case .range(let range) = self else { return nil }
    return range.lowerBound
  }
}
