package import PolicySemantics
import PolicySyntax

/// Which verdicts a gate can be certain of before an answer is whole, at best.
///
/// Only what it can never be certain of is promised here; whether and when it is, the text decides.
package struct EarlyReach: Hashable, Sendable {
  package var canHold: Bool
  package var canFail: Bool

  private static let never = EarlyReach(canHold: false, canFail: false)

  private init(canHold: Bool, canFail: Bool) {
    self.canHold = canHold
    self.canFail = canFail
  }

  package init(_ gate: GateID, of policy: CheckedPolicy) {
    var gates: [GateID: EarlyReach] = [:]
    self.init(gate, of: policy, &gates)
  }

  /// `gates` is what is known of gates that were met before: one may be read in many places.
  private init(_ gate: GateID, of policy: CheckedPolicy, _ gates: inout [GateID: EarlyReach]) {
    if let known = gates[gate] {
      self = known
      return
    }
    switch policy[gate].body {
    case .decides(let condition): self.init(condition, policy, &gates)
    case .scores: self = .never
    }
    gates[gate] = self
  }

  private init(
    _ condition: AnswerCondition, _ policy: CheckedPolicy, _ gates: inout [GateID: EarlyReach]
  ) {
    switch condition {
    case .all(let parts, _):
      let parts = parts.map { EarlyReach($0, policy, &gates) }
      self.init(
        canHold: parts.allSatisfy(\.canHold), canFail: parts.contains(where: \.canFail))
    case .any(let parts, _):
      let parts = parts.map { EarlyReach($0, policy, &gates) }
      self.init(
        canHold: parts.contains(where: \.canHold), canFail: parts.allSatisfy(\.canFail))
    case .not(let part, _):
      let part = EarlyReach(part, policy, &gates)
      self.init(canHold: part.canFail, canFail: part.canHold)
    case .gate(let id, _): self.init(id, of: policy, &gates)
    case .test(let test, _): self.init(test)
    case .scored: self = .never
    }
  }

  private init(_ test: AnswerTest) {
    switch test {
    case .refusal, .text(.startsWith): self.init(canHold: true, canFail: true)
    case .json, .schema: self.init(canHold: false, canFail: true)
    case .citesContext: self.init(canHold: true, canFail: true)
    case .text(.contains), .text(.mentions):
      self.init(canHold: true, canFail: false)
    case .text(.matches(let pattern)):
      self.init(canHold: !TextTest.asksForAnEnd(pattern), canFail: false)
    case .length(_, let comparison, _):
      let rises = comparison == .greater || comparison == .greaterOrEqual || comparison == .notEqual
      self.init(canHold: rises, canFail: !rises)
    case .text(.has), .sameLanguage, .repeatsQuestion, .finish: self = .never
    }
  }
}

extension TextTest {
  /// Whether more text can take a match of this pattern away: an end of the text or of a word is asked
  /// for, as far as its spelling tells.
  package static func asksForAnEnd(_ pattern: String) -> Bool {
    if pattern.contains("$") { return true }
    return ["\\b", "\\B", "\\z", "\\Z"].contains { pattern.contains($0) }
  }
}
