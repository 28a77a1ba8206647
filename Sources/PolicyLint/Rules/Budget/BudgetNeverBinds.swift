import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// A bound that another one always reaches first.
enum BudgetNeverBinds: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("budget_never_binds"), .warning,
    finds: "A budget or limit that a tighter one over the same callers always reaches first.",
    why: """
      Someone relies on the larger figure and it is never what stops anything: $20 a day is at most \
      $620 a month, so $1000 a month never binds. One that a condition reads (`tenant_daily.used`) \
      still does something and is not found.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      budget daily   = $20 per tenant per day
      budget monthly = $1000 per tenant per month
      otherwise { use medium }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      budget daily   = $20 per tenant per day
      budget monthly = $400 per tenant per month
      otherwise { use medium }
      """,
    fix: """
      Leaves it out. For a `max_budget` that is safe: each request costs what it did. A budget may be \
      named in tests, so that takes `--unsafe`.
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    let read = BudgetsRead(subject.policy).budgets
    for (index, outer) in subject.policy.budgets.enumerated()
    where !read.contains(BudgetID(index)) {
      for (other, inner) in subject.policy.budgets.enumerated() where other != index {
        guard let most = most(of: outer, under: inner), most <= outer.cap.amount,
          most < outer.cap.amount || other < index
        else { continue }
        report.add(
          "`\(outer.name)` never binds: `\(inner.name)` allows \(text(most, outer, subject)) "
            + "\(period(outer)) at most",
          at: written.amount(of: outer),
          notes: [Note("the tighter one", at: written.amount(of: inner))],
          fixIts: subject.deletion(of: outer.span).map {
            [FixIt("leave `\(outer.name)` out", edits: [Edit($0, "")])]
          } ?? [])
        break
      }
    }
    checkLadders(subject, written, &report)
  }

  /// A `max_budget` above what every request is held to anyway.
  private static func checkLadders(
    _ subject: LintSubject, _ written: WrittenParts, _ report: inout LintReport
  ) {
    for ladder in subject.policy.ladders {
      guard let most = ladder.maxBudget else { continue }
      for budget in subject.policy.budgets where budget.boundsEveryRequest {
        guard case .money(let cap) = budget.cap, cap <= most else { continue }
        report.add(
          "`max_budget` of `\(ladder.name)` never binds: `\(budget.name)` allows a request "
            + "\(subject.text(cap)) at most",
          at: written.maxBudget(of: ladder),
          notes: [Note("the tighter one", at: written.amount(of: budget))],
          fixIts: cure(ladder, written, subject))
        break
      }
    }
  }

  /// Takes the bound away, where it is the ladder's only one: each request costs what it did.
  private static func cure(
    _ ladder: CheckedLadder, _ written: WrittenParts, _ subject: LintSubject
  ) -> [FixIt] {
    let place = written.maxBudget(of: ladder)
    guard written.ladders[ladder.name]?.bounds.count == 1,
      let bytes = subject.files.first(where: { $0.source.id == place.file })?.source.bytes,
      Int(place.end) <= bytes.count,
      let open = bytes[..<Int(place.start)].lastIndex(of: 0x28),
      let close = bytes[Int(place.end)...].firstIndex(of: 0x29)
    else { return [] }
    let around = Span(
      file: place.file, start: UInt32(clamping: open), end: UInt32(clamping: close + 1))
    return [
      FixIt("leave `max_budget` out", edits: [Edit(around, "")], isSafe: true)
    ]
  }

  /// The most that can be used of a budget while another holds; nil if the other says nothing of it.
  private static func most(of outer: CheckedBudget, under inner: CheckedBudget) -> Int64? {
    guard outer.cap.isComparable(inner.cap), inner.condition == nil,
      inner.per == nil || inner.per == outer.per
    else { return nil }
    guard let times = inner.windows(in: outer) else { return nil }
    let (most, overflow) = inner.cap.amount.multipliedReportingOverflow(by: times)
    return overflow ? nil : most
  }

  private static func text(_ amount: Int64, _ budget: CheckedBudget, _ subject: LintSubject)
    -> String
  {
    switch budget.cap {
    case .money: subject.text(Money(nanos: amount))
    case .requests: "\(Amounts.count(amount, "request"))"
    case .tokens: subject.tokens(amount)
    case .atOnce: "\(Amounts.grouped(amount)) at once"
    }
  }

  private static func period(_ budget: CheckedBudget) -> String {
    budget.window.map { "per \($0.rawValue)" } ?? "ever"
  }
}

extension CheckedBudget {
  /// How many windows of this may touch one window of another, at most; nil if that has no end.
  ///
  /// Days and longer are calendar windows, and a day may have 25 hours.
  fileprivate func windows(in outer: CheckedBudget) -> Int64? {
    guard let own = window, let other = outer.window else {
      return window == nil && outer.window == nil ? 1 : nil
    }
    if own == other { return 1 }
    switch (own, other) {
    case (.minute, .hour): return 60
    case (.minute, .day): return 25 * 60
    case (.minute, .week): return 169 * 60
    case (.minute, .month): return 745 * 60
    case (.hour, .day): return 25
    case (.hour, .week): return 169
    case (.hour, .month): return 745
    case (.day, .week): return 7
    case (.day, .month): return 31
    case (.week, .month): return 6
    case (.request, _), (.minute, _), (.hour, _), (.day, _), (.week, _), (.month, _): return nil
    }
  }
}

extension CheckedBudget.Cap {
  /// In the cap's own unit: nano-units of money, requests, tokens or calls.
  fileprivate var amount: Int64 {
    switch self {
    case .money(let money): money.nanos
    case .requests(let count), .tokens(let count), .atOnce(let count): count
    }
  }

  fileprivate func isComparable(_ other: CheckedBudget.Cap) -> Bool {
    switch (self, other) {
    case (.money, .money), (.requests, .requests), (.tokens, .tokens), (.atOnce, .atOnce): true
    case (.money, _), (.requests, _), (.tokens, _), (.atOnce, _): false
    }
  }
}

/// The budgets some condition reads.
private struct BudgetsRead {
  private(set) var budgets: Set<BudgetID> = []

  init(_ policy: CheckedPolicy) {
    for route in policy.routes { add(route.condition) }
    for task in policy.tasks { add(task.condition) }
    for named in policy.conditions { add(named.condition) }
    for points in policy.points { for line in points.lines { add(line.condition) } }
    for declared in policy.guards { add(declared.condition) }
    for compression in policy.compressions { add(compression.condition) }
    for always in policy.always { add(always.condition) }
  }

  private mutating func add(_ condition: CheckedCondition?) {
    guard let condition else { return }
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .named: return
    case .test(.number(.budgetUsed(let id), _, _), _), .test(.number(.budgetLeft(let id), _, _), _),
      .test(.number(.budgetUsedShare(let id), _, _), _),
      .test(.number(.budgetLeftShare(let id), _, _), _):
      budgets.insert(id)
    case .test: return
    }
  }
}
