import PolicyGraph
import PolicySemantics
import PolicySyntax

/// Whether conditions over an answer can hold, and can fail, for any answer there is.
///
/// Every test is a variable with a few values: yes or no, a stretch of numbers between the limits
/// the conditions name, a reason to finish. The search looks for values under which all conditions
/// hold. Values no answer has together are left out as far as this knows them (``AnswerValues``);
/// leaving out too few can only make it find less, so `never` is certain.
struct AnswerStudy {
  private let policy: CheckedPolicy
  private let conditions: [AnswerCondition]
  private let wanted: Truth
  private let variables: [AnswerVariable]
  private var values: AnswerValues
  private var steps = 0

  /// Steps of the search after which it gives up.
  private static let limit = 200_000
  /// More distinct tests than this are not tried at all.
  private static let mostVariables = 200

  /// Whether some answer meets all of `conditions`; nil if that takes too long to say.
  static func canHold(_ conditions: [AnswerCondition], in policy: CheckedPolicy) -> Bool? {
    var study = AnswerStudy(policy, conditions, wanted: .yes)
    return study.search()
  }

  /// Whether some answer fails `condition`; nil if that takes too long to say.
  static func canFail(_ condition: AnswerCondition, in policy: CheckedPolicy) -> Bool? {
    var study = AnswerStudy(policy, [condition], wanted: .no)
    return study.search()
  }

  private init(_ policy: CheckedPolicy, _ conditions: [AnswerCondition], wanted: Truth) {
    self.policy = policy
    self.conditions = conditions
    self.wanted = wanted
    var gathering = AnswerVariables(policy)
    for condition in conditions { gathering.add(condition) }
    variables = gathering.all
    values = AnswerValues(limits: gathering.limits)
  }

  private mutating func search() -> Bool? {
    guard variables.count <= Self.mostVariables else { return nil }
    var isCut = false
    let found = search(from: 0, &isCut)
    return found ? true : isCut ? nil : false
  }

  private mutating func search(from index: Int, _ isCut: inout Bool) -> Bool {
    guard steps < Self.limit else {
      isCut = true
      return false
    }
    var all = Truth.yes
    for condition in conditions {
      switch truth(condition) {
      case wanted: continue
      case .unknown: all = .unknown
      case .yes, .no: return false
      }
    }
    if all == .yes { return true }
    guard index < variables.count else {
      // Nothing is left to choose and something is still unknown: too deep to follow.
      isCut = true
      return false
    }
    let variable = variables[index]
    for value in 0..<values.count(of: variable) {
      values[variable] = value
      if values.canBe(variable), search(from: index + 1, &isCut) { return true }
    }
    values[variable] = nil
    return false
  }

  private mutating func truth(_ condition: AnswerCondition) -> Truth {
    steps += 1
    guard steps < Self.limit else { return .unknown }
    switch condition {
    case .all(let parts, _): return Truth.all(parts) { truth($0) }
    case .any(let parts, _): return Truth.any(parts) { truth($0) }
    case .not(let part, _): return truth(part).negated
    case .gate(let id, _):
      guard case .decides(let body) = policy[id].body else { return .unknown }
      return truth(body)
    case .test, .scored: return values.truth(of: condition, in: policy)
    }
  }
}

/// One thing an answer has, as conditions look at it.
enum AnswerVariable: Hashable {
  case test(AnswerTest)
  case length(CountUnit)
  case finish
  /// By what is asked, so that one score under two names is one variable.
  case score(String)
  /// A test that holds of every answer: the checker has said so where it stands.
  case settled(AnswerCondition.Key)
}

/// The variables of some conditions, and the limits they compare numbers with.
struct AnswerVariables {
  private let policy: CheckedPolicy
  private(set) var all: [AnswerVariable] = []
  private(set) var limits: [AnswerVariable: [Int64]] = [:]
  private var seen: Set<GateID> = []

  init(_ policy: CheckedPolicy) { self.policy = policy }

  mutating func add(_ condition: AnswerCondition) {
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .gate(let id, _):
      guard seen.insert(id).inserted, case .decides(let body) = policy[id].body else { return }
      add(body)
    case .test, .scored:
      for (variable, limit) in condition.variables(in: policy) {
        if limits[variable] == nil {
          limits[variable] = []
          all.append(variable)
        }
        if let limit { limits[variable]?.append(limit) }
      }
    }
  }
}
