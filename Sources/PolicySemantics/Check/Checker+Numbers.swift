import PolicySource
import PolicySyntax
import PolicyUnits

/// Tests of numeric fields, in the unit of the field.
extension Checker {
  mutating func checkNumber(_ term: Term, _ field: NumberField) -> CheckedCondition? {
    subjectSpan = term.subject.span
    defer { subjectSpan = nil }
    return checkNumbers(term, example: field.example(term.subject.text)) { checker, value in
      checker.readNumber(value, of: term.subject.text, field).map { (field, $0) }
    }
  }

  /// `BUDGET.used` and `BUDGET.left`: as a share of the cap, or in what the budget counts.
  mutating func checkBudget(_ term: Term, _ id: BudgetID, isLeft: Bool) -> CheckedCondition? {
    let subject = term.subject.text
    let cap = declared.budgets[id.index].node.amount
    return checkNumbers(term, example: "\(subject) >= 80%") { checker, value in
      if case .share = value.kind {
        let field: NumberField = isLeft ? .budgetLeftShare(id) : .budgetUsedShare(id)
        return checker.readShare(value, of: subject, allowsZero: true)
          .map { (field, $0.millionths) }
      }
      let field: NumberField = isLeft ? .budgetLeft(id) : .budgetUsed(id)
      let amount = checker.readBudgetAmount(value, of: subject, cap)
      return amount.map { (field, $0) }
    }
  }

  /// An amount in what the budget counts: nano-units, requests, tokens or calls.
  mutating func readBudgetAmount(
    _ value: Value, of subject: String, _ cap: BudgetDeclaration.Amount
  ) -> Int64? {
    switch cap {
    case .money: readMoney(value, of: subject, allowsZero: true, allowsShare: true)?.nanos
    case .tokens: readCount(value, of: subject, unit: .tokens)
    case .requests, .atOnce: readCount(value, of: subject)
    }
  }

  private mutating func checkNumbers(
    _ term: Term, example: String,
    read: (inout Checker, Value) -> (NumberField, Int64)?
  ) -> CheckedCondition? {
    let subject = term.subject.text
    switch term.check {
    case nil:
      add(TypeProblem.missingComparison(subject, example: example), at: term.span)
      return nil
    case .compare(let comparison, _, let value):
      guard let (field, number) = read(&self, value), canVary(term, field, comparison, number)
      else { return nil }
      if comparison == .notEqual {
        return .not(.test(.number(field, .equal, number), term.span), term.span)
      }
      return .test(.number(field, comparison, number), term.span)
    case .membership(let negated, let list):
      return checkMembership(term, list, negated: negated, read: read)
    case .some(let check):
      refuse(check, of: subject, allowed: "a comparison, `in` or `not in`")
      return nil
    }
  }

  private mutating func checkMembership(
    _ term: Term, _ list: ValueList, negated: Bool,
    read: (inout Checker, Value) -> (NumberField, Int64)?
  ) -> CheckedCondition? {
    var fields: [Int64: NumberField] = [:]
    let numbers = readList(list.values) { checker, value -> Int64? in
      guard let (field, number) = read(&checker, value),
        checker.canVary(term, field, .equal, number)
      else { return nil }
      fields[number] = field
      return number
    }
    guard let numbers else { return nil }
    let tests = numbers.sorted().compactMap { number in
      fields[number].map { CheckedCondition.test(.number($0, .equal, number), term.span) }
    }
    let any = tests.count == 1 ? tests[0] : .any(tests, term.span)
    return negated ? .not(any, term.span) : any
  }

  private mutating func readNumber(
    _ value: Value, of subject: String, _ field: NumberField
  ) -> Int64? {
    switch field {
    case .maxTokens, .tokens: readCount(value, of: subject, unit: .tokens)
    case .chars: readCount(value, of: subject, unit: .chars)
    case .lines: readCount(value, of: subject, unit: .lines)
    case .tools, .images, .messages, .turn, .points, .fact: readCount(value, of: subject)
    case .temperature: readMillionths(value, of: subject, upTo: 2)
    case .hour: readCount(value, of: subject, in: 0...23)
    case .date: readDate(value, of: subject)?.daysSince1970
    case .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft: nil
    }
  }

  /// Says so if the comparison holds for every request or for none.
  private mutating func canVary(
    _ term: Term, _ field: NumberField, _ comparison: Comparison, _ number: Int64
  ) -> Bool {
    let range = range(of: field)
    let subject = term.subject.text.quoted
    switch comparison.outcome(of: number, in: range) {
    case .some(false):
      add(
        ValueProblem.neverHolds(because: "\(subject) is \(field.rangeWords(range))"),
        at: term.span)
      return false
    case .some(true):
      add(
        ValueProblem.alwaysHolds(because: "\(subject) is \(field.rangeWords(range))"),
        at: term.span)
      return true
    case nil:
      return true
    }
  }

  /// What the field can be.
  private func range(of field: NumberField) -> ClosedRange<Int64> {
    switch field {
    case .maxTokens, .tools, .images, .messages, .turn, .chars, .tokens, .lines, .fact:
      0...Int64.max
    case .temperature: 0...2_000_000
    case .hour: 0...23
    case .date: Int64.min...Int64.max
    case .points(let id): 0...max(0, pointTotals[id.index])
    case .budgetUsedShare, .budgetLeftShare: 0...Share.whole.millionths
    case .budgetUsed, .budgetLeft: 0...Int64.max
    }
  }
}

extension Comparison {
  /// What holding any number of `range` against `bound` gives, if it is always the same.
  func outcome(of bound: Int64, in range: ClosedRange<Int64>) -> Bool? {
    let (low, high) = (range.lowerBound, range.upperBound)
    switch self {
    case .less: return bound <= low ? false : high < bound ? true : nil
    case .lessOrEqual: return bound < low ? false : high <= bound ? true : nil
    case .greater: return bound >= high ? false : low > bound ? true : nil
    case .greaterOrEqual: return bound > high ? false : low >= bound ? true : nil
    case .equal: return range.contains(bound) ? (low == high ? true : nil) : false
    case .notEqual: return range.contains(bound) ? (low == high ? false : nil) : true
    }
  }
}

extension NumberField {
  fileprivate func example(_ subject: String) -> String {
    switch self {
    case .maxTokens, .tokens: "\(subject) <= 4k"
    case .chars, .lines: "\(subject) >= 500"
    case .tools, .images, .messages, .turn, .points, .fact: "\(subject) >= 2"
    case .temperature: "\(subject) > 0.7"
    case .hour: "\(subject) >= 18"
    case .date: "\(subject) >= 2027-01-31"
    case .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft: "\(subject) >= 80%"
    }
  }

  fileprivate func rangeWords(_ range: ClosedRange<Int64>) -> String {
    switch self {
    case .temperature: "from 0 to 2"
    case .budgetUsedShare, .budgetLeftShare: "from 0% to 100%"
    case .maxTokens, .tools, .images, .messages, .turn, .chars, .tokens, .lines, .fact,
      .hour, .date, .points, .budgetUsed, .budgetLeft:
      range.upperBound == .max
        ? "never below \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}
