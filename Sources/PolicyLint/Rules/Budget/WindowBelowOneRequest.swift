import PolicyDiagnostics
import PolicySemantics

/// A budget over time that is spent before its first request.
enum WindowBelowOneRequest: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("window_below_one_request"), .error,
    finds: "A budget per minute, hour, day, week or month that pays for no call even when full.",
    why: """
      Money is set aside before a call is made. If a whole window's budget is less than the cheapest \
      call needs, every request it binds is refused, from the first on: mostly a missing digit, or a \
      price per million taken for a price per call.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      budget per_user = $0.000001 per user per day
      otherwise { use medium }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      budget per_user = $0.10 per user per day
      otherwise { use medium }
      """,
    fix: "Raise the budget, or lower `min_output` if shorter answers are worth having.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let study = BoundStudy(subject)
    for (index, budget) in subject.policy.budgets.enumerated() where budget.window != .request {
      study.report(budget, BudgetID(index), &report)
    }
  }
}
