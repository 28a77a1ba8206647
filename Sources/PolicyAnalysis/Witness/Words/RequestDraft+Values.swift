import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

extension RequestDraft {
  /// `2026-01-05`.
  var dateText: String {
    let date = moment.date
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  /// `09:00`.
  var hourText: String {
    let digits = String(moment.hour)
    return (digits.utf8.count < 2 ? "0" + digits : digits) + ":00"
  }

  /// Whether it matters when the request is made.
  var hasMoment: Bool { day != nil || hour != nil }

  /// The facts in the order the policy declares them, each with its declaration.
  func declaredFacts(of policy: CheckedPolicy) -> [(fact: CheckedFact, value: Value)] {
    policy.facts.compactMap { fact in facts[fact.name].map { (fact, $0) } }
  }

  /// The budgets it uses in the order the policy declares them.
  func declaredBudgets(of policy: CheckedPolicy) -> [(budget: CheckedBudget, used: Int64)] {
    policy.budgets.compactMap { budget in budgets[budget.name].map { (budget, $0) } }
  }

  /// The classifier answers that matter, in declared order, each with whether a failure gives it
  /// too.
  func answers(
    of policy: CheckedPolicy
  ) -> [(name: String, label: String, isFailure: Bool)] {
    policy.classifiers.compactMap { classifier in
      classifiers[classifier.name].map {
        (classifier.name, $0, $0 == classifier.labels[classifier.onFailure])
      }
    }
  }

  /// Models whose circuit is open and that the policy's catalog has.
  func openCircuits(of policy: CheckedPolicy) -> [String] {
    policy.vocabulary.models.map(\.name).filter(unhealthy.contains)
  }

  var toolCount: Int { toolNames.count }

  /// Whether the tools have the names a test gives them.
  var hasNumberedTools: Bool {
    toolNames.enumerated().allSatisfy { $1 == "tool_\($0 + 1)" }
  }
}

extension RequestDraft.Value {
  /// As a policy writes a value of the fact.
  func policyText(of fact: CheckedFact) -> String {
    if case .text(let text) = self, case .text = fact.type { return text.asPolicyText }
    return header
  }
}

extension CheckedBudget {
  /// An amount of what it counts, as a policy writes it.
  func policyText(of amount: Int64, _ vocabulary: Vocabulary) -> String {
    switch cap {
    case .money: Amounts.text(Money(nanos: amount), currency: vocabulary.currency)
    case .requests, .tokens, .atOnce: String(amount)
    }
  }

  /// The same without a currency.
  func plainText(of amount: Int64) -> String {
    switch cap {
    case .money: Amounts.plain(Money(nanos: amount))
    case .requests, .tokens, .atOnce: String(amount)
    }
  }
}

extension Int64 {
  /// Millionths as a decimal.
  var millionthsText: String { Amounts.decimal(self, scale: 6) }
}
