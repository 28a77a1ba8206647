import PolicyGraph
import PolicySemantics
import PolicySyntax
import PolicyUnits

/// Values of an answer's variables, while a search tries them.
struct AnswerValues {
  /// By variable: the numbers it stands for, each alone or a stretch no condition divides.
  private var stretches: [AnswerVariable: [ClosedRange<Int64>]] = [:]
  private var chosen: [AnswerVariable: Int] = [:]

  init(limits: [AnswerVariable: [Int64]]) {
    for (variable, limits) in limits {
      switch variable {
      case .length: stretches[variable] = Self.divide(0...Int64.max, at: limits)
      case .score: stretches[variable] = Self.divide(Score.least...Score.most, at: limits)
      case .test, .finish, .settled: continue
      }
    }
  }

  subscript(variable: AnswerVariable) -> Int? {
    get { chosen[variable] }
    set { chosen[variable] = newValue }
  }

  func count(of variable: AnswerVariable) -> Int {
    switch variable {
    case .test, .settled: 2
    // One more for an answer that names no reason, or one nobody knows.
    case .finish: FinishReason.allCases.count + 1
    case .length, .score: stretches[variable]?.count ?? 1
    }
  }

  /// What a test says of the values chosen so far.
  func truth(of condition: AnswerCondition, in policy: CheckedPolicy) -> Truth {
    if condition.isSettled {
      return chosen[.settled(AnswerCondition.Key(condition))].map { Truth($0 == 1) } ?? .unknown
    }
    switch condition {
    case .test(.length(let unit, let comparison, let count), _):
      return truth(of: .length(unit), comparison, count)
    case .test(.finish(let reasons), _):
      guard let value = chosen[.finish] else { return .unknown }
      let found = FinishReason.allCases.indices.contains(value) ? FinishReason.allCases[value] : nil
      return Truth(found.map(reasons.contains) ?? false)
    case .test(let test, _):
      var any = Truth.no
      for atom in test.alternatives {
        switch chosen[.test(atom)] {
        case nil: any = .unknown
        case 1: return .yes
        default: continue
        }
      }
      return any
    case .scored(let score, let comparison, let threshold, _):
      return truth(of: .score(score.key(in: policy)), comparison, threshold.millionths)
    case .all, .any, .not, .gate: return .unknown
    }
  }

  private func truth(
    of variable: AnswerVariable, _ comparison: Comparison, _ value: Int64
  ) -> Truth {
    guard let range = range(of: variable) else { return .unknown }
    return Truth(comparison, range, value)
  }

  private func range(of variable: AnswerVariable) -> ClosedRange<Int64>? {
    guard let value = chosen[variable], let stretches = stretches[variable],
      stretches.indices.contains(value)
    else { return nil }
    return stretches[value]
  }

  /// The stretches between numbers that are compared with, each such number a stretch of its own.
  private static func divide(
    _ whole: ClosedRange<Int64>, at limits: [Int64]
  ) -> [ClosedRange<Int64>] {
    var stretches: [ClosedRange<Int64>] = []
    var next = whole.lowerBound
    for limit in Set(limits).sorted() where whole.contains(limit) {
      if limit > next { stretches.append(next...(limit - 1)) }
      stretches.append(limit...limit)
      guard limit < whole.upperBound else { return stretches }
      next = limit + 1
    }
    stretches.append(next...whole.upperBound)
    return stretches
  }
}

// MARK: What goes together

extension AnswerValues {
  /// Whether the value just chosen goes with the others.
  func canBe(_ changed: AnswerVariable) -> Bool {
    switch changed {
    case .test(let test): canBe(test)
    case .length: lengthsAgree && texts.allSatisfy(canBe)
    case .finish, .score, .settled: true
    }
  }

  private var texts: [AnswerTest] {
    chosen.keys.compactMap { variable in
      if case .test(let test) = variable { test } else { nil }
    }
  }

  private func canBe(_ test: AnswerTest) -> Bool {
    let holds = chosen[.test(test)] == 1
    if holds, test.needsText {
      for unit in CountUnit.allCases where range(of: .length(unit))?.upperBound == 0 {
        return false
      }
    }
    for other in texts where other != test {
      let otherHolds = chosen[.test(other)] == 1
      if holds, !otherHolds, test.implies(other) { return false }
      if !holds, otherHolds, other.implies(test) { return false }
    }
    return true
  }

  /// A character has one to four bytes.
  private var lengthsAgree: Bool {
    guard let chars = range(of: .length(.chars)), let bytes = range(of: .length(.bytes)) else {
      return true
    }
    let most = chars.upperBound.multipliedReportingOverflow(by: 4)
    return chars.lowerBound <= bytes.upperBound
      && (most.overflow || bytes.lowerBound <= most.partialValue)
  }
}

extension Score {
  fileprivate static let least: Int64 = 0
  fileprivate static let most: Int64 = 1_000_000
}
