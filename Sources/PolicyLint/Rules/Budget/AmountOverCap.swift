import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// An amount that no budget reaches, held against what is used or left of it.
enum AmountOverCap: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("amount_over_cap"), .warning,
    finds: "`BUDGET.used` or `BUDGET.left` held against more than the budget allows.",
    why: """
      A request that would go past the cap is refused, so no more than the cap is ever used (but for a \
      call that cost more than was set aside), and no more than the cap is ever left. Such a test says \
      the same all the time: most often the cap was lowered and the test was not.
      """,
    wrong: LintSample.policy(
      """
      budget daily = $20 per tenant per day
      route saving when daily.used >= $80 { use small }
      """),
    instead: LintSample.policy(
      """
      budget daily = $20 per tenant per day
      route saving when daily.used >= 80% { use small }
      """),
    fix: "A share such as `80%` follows the cap; else name an amount below it.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for (condition, _) in subject.conditions {
      for (test, span, isNegated) in condition.tests {
        guard case .number(let field, let comparison, let limit) = test else { continue }
        let budget: CheckedBudget
        switch field {
        case .budgetUsed(let id), .budgetLeft(let id): budget = subject.policy[id]
        case .maxTokens, .temperature, .tools, .images, .messages, .turn, .chars, .tokens, .lines,
          .hour, .date, .points, .fact, .budgetUsedShare, .budgetLeftShare:
          continue
        }
        let cap = budget.cap.amount
        guard let holds = comparison.outcome(of: limit, upTo: cap) else { continue }
        report.add(
          "this \(holds != isNegated ? "always" : "never") holds: the cap of `\(budget.name)` is "
            + text(budget.cap, subject),
          at: span)
      }
    }
  }

  private static func text(_ cap: CheckedBudget.Cap, _ subject: LintSubject) -> String {
    switch cap {
    case .money(let money): subject.text(money)
    case .requests(let count): Amounts.count(count, "request")
    case .tokens(let count): subject.tokens(count)
    case .atOnce(let count): "\(Amounts.grouped(count)) at once"
    }
  }
}

extension CheckedCondition {
  /// Its tests, as written; not those of the conditions it names.
  fileprivate var tests: [(test: RequestTest, span: Span, isNegated: Bool)] {
    switch self {
    case .all(let parts, _), .any(let parts, _): parts.flatMap(\.tests)
    // A `!=` is an `=` turned round, at one place.
    case .not(.test(let test, let span), span): [(test, span, true)]
    case .not(let part, _): part.tests
    case .test(let test, let span): [(test, span, false)]
    case .named: []
    }
  }
}

extension Comparison {
  /// What holding any amount from 0 to `cap` against `limit` gives, if it is always the same.
  fileprivate func outcome(of limit: Int64, upTo cap: Int64) -> Bool? {
    switch self {
    case .greater: limit >= cap ? false : nil
    case .greaterOrEqual, .equal: limit > cap ? false : nil
    case .lessOrEqual: limit >= cap ? true : nil
    case .less: limit > cap ? true : nil
    case .notEqual: limit > cap ? true : nil
    }
  }
}
