import PolicySource
import PolicySyntax

/// The lines of `expect` and `always`: fields of a decision.
extension Checker {
  private static let decisionWords = [
    "task", "route", "first", "last", "calls", "climbs", "answered_by", "cached", "refused_by",
    "worst_cost", "expected_cost",
  ]

  /// How a field of a decision is asked for.
  private static let usages = [
    "task": "task = NAME", "route": "route = NAME", "first": "first = MODEL",
    "last": "last = MODEL", "calls": "calls = 2", "climbs": "climbs = 1",
    "answered_by": "answered_by = MODEL", "cached": "cached = true",
    "refused_by": "refused_by = NAME` of a guard, budget, ladder, fact or route, or `route = NAME",
    "worst_cost": "worst_cost <= $0.50", "expected_cost": "expected_cost <= $0.50",
  ]

  /// Whether a value could be what a field of a decision is held against.
  private static func takes(_ field: String, _ value: Value) -> Bool {
    let isBool: Bool
    if case .word(let word) = value.kind {
      isBool = word == "true" || word == "false"
    } else {
      isBool = false
    }
    return switch (field, value.kind) {
    case ("cached", _): isBool
    case ("calls", .number), ("climbs", .number): true
    case ("worst_cost", .money), ("worst_cost", .number), ("expected_cost", .money),
      ("expected_cost", .number):
      true
    case ("calls", _), ("climbs", _), ("worst_cost", _), ("expected_cost", _): false
    case (_, .word), (_, .string): !isBool
    default: false
    }
  }

  mutating func checkExpectation(_ entry: Entry) -> Expectation? {
    let name = entry.subject.text
    for end in ["first.", "last."] where name.hasPrefix(end) {
      return checkModelOf(entry, field: String(name.dropFirst(end.count)), isFirst: end == "first.")
    }
    let kind: Expectation.Kind?
    switch name {
    case "calls": kind = readCount(entry.value, of: name).map { .calls($0) }
    case "climbs": kind = readCount(entry.value, of: name).map { .climbs($0) }
    case "worst_cost":
      kind = readMoney(entry.value, of: name, allowsZero: true).map { .worstCost($0) }
    case "expected_cost":
      kind = readMoney(entry.value, of: name, allowsZero: true).map { .expectedCost($0) }
    case "task", "route", "first", "last", "answered_by", "cached", "refused_by":
      guard isEquality(entry) else { return nil }
      kind = checkNamed(entry)
    default:
      let near =
        BorrowedName.decision(name) ?? report.nearName(name, among: Self.decisionWords)
      if let near, !Self.takes(near, entry.value) {
        add(
          NameProblem.unknownDecision(name, advice: Self.usages[near] ?? near),
          at: entry.subject.span)
      } else {
        unknown(.field, entry.subject, near: near)
      }
      return nil
    }
    return kind.map { Expectation(kind: $0, comparison: entry.comparison, span: entry.span) }
  }

  private mutating func isEquality(_ entry: Entry) -> Bool {
    guard entry.comparison != .equal, entry.comparison != .notEqual else { return true }
    add(
      TypeProblem.wrongOperator(
        entry.subject.text, written: entry.comparison.rawValue, allowed: "`=` and `!=`"),
      at: entry.span)
    return false
  }

  private mutating func checkNamed(_ entry: Entry) -> Expectation.Kind? {
    let (name, value) = (entry.subject.text, entry.value)
    switch name {
    case "cached": return readBool(value, of: name).map { .cached($0) }
    case "first": return readModelName(value, of: name).map { .first($0) }
    case "last": return readModelName(value, of: name).map { .last($0) }
    case "answered_by": return readModelName(value, of: name).map { .answeredBy($0) }
    case "task":
      guard let word = readWord(value, of: name, expected: "a task") else { return nil }
      return lookUp(word, as: .task).map { .task(TaskID($0)) }
    case "route":
      guard let word = readWord(value, of: name, expected: "a route") else { return nil }
      return routeIndex(word).map { .route(RouteID($0)) }
    default:
      guard let word = readWord(value, of: name, expected: "what refuses it") else { return nil }
      return refuser(word).map { .refusedBy($0) }
    }
  }

  private mutating func routeIndex(_ word: Name) -> Int? {
    if word.text == "otherwise" {
      return declared.routes.firstIndex { $0.node.name == nil }
    }
    return lookUp(word, as: .route)
  }

  /// A guard, a budget, a ladder whose budget is too little, a required fact, a route that refuses, or
  /// `otherwise`.
  private mutating func refuser(_ word: Name) -> String? {
    if word.text == "otherwise" { return word.text }
    guard let symbol = scope[word.text] else {
      let near = nearName(word.text) {
        $0.scope.names(of: [.guarding, .budget, .ladder, .fact, .route])
      }
      unknown(.field, word, near: near)
      return nil
    }
    guard [.guarding, .budget, .ladder, .fact, .route].contains(symbol.kind) else {
      add(
        NameProblem.wrongKind(
          word.text, is: symbol.kind, wanted: "a guard, a budget, a ladder, a fact or a route"),
        at: word.span)
      return nil
    }
    return word.text
  }

  /// `first.output_price <= $1 per 1M tokens`: a comparison stays inside the test, and `=` or `!=`
  /// of a name stays with the line.
  private mutating func checkModelOf(
    _ entry: Entry, field text: String, isFirst: Bool
  ) -> Expectation? {
    let name = entry.subject.text
    guard let field = ModelField(rawValue: text) else {
      let end = isFirst ? "first." : "last."
      let near = report.nearName(name, among: ModelField.allCases.map { end + $0.rawValue })
      add(NameProblem.unknownField(text, of: "a model", near: near), at: entry.subject.span)
      return nil
    }
    let test: ModelTest?
    var comparison = Comparison.equal
    if field.isNumber {
      test = modelNumber(field, entry.comparison, entry.value, of: name)
    } else {
      guard isEquality(entry) else { return nil }
      comparison = entry.comparison
      test = readModelWord(entry.value, field, of: name).map { field.test(oneOf: [$0]) }
    }
    return test.map {
      Expectation(
        kind: isFirst ? .firstModel($0) : .lastModel($0), comparison: comparison,
        span: entry.span)
    }
  }
}
