import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Budgets of money and limits of requests, tokens and calls at once.
extension Checker {
  mutating func checkBudgets() -> [CheckedBudget?] {
    declared.budgets.indices.map { index in
      let found = declared.budgets[index]
      let node = found.node
      let cap = checkCap(node)
      let per = checkPer(node)
      var condition: CheckedCondition?
      var isSound = true
      if let written = node.condition {
        let (checked, reads) = collectingReads { $0.check(written) }
        budgetReads.append(BudgetReads(name: node.name, span: written.span, reads: reads))
        condition = checked
        isSound = checked != nil
      }
      guard isSound, let cap, let per else { return nil }
      return CheckedBudget(
        name: node.name.text, cap: cap, per: per.owner, window: per.window, condition: condition,
        span: found.span)
    }
  }

  private mutating func checkCap(_ node: BudgetDeclaration) -> CheckedBudget.Cap? {
    let name = node.name.text
    switch node.amount {
    case .money(let value): return readMoney(value, of: name).map { .money($0) }
    case .requests(let value):
      return readCount(value, of: name, in: 1...Int64.max).map { .requests($0) }
    case .tokens(let value):
      return readCount(value, of: name, unit: .tokens, in: 1...Int64.max).map { .tokens($0) }
    case .atOnce(let value):
      return readCount(value, of: name, in: 1...Int64.max).map { .atOnce($0) }
    }
  }

  private struct Per {
    var owner: CheckedBudget.Owner?
    var window: CheckedBudget.Window?
  }

  /// `per` an owner, then `per` a window; calls at once have an owner only.
  private mutating func checkPer(_ node: BudgetDeclaration) -> Per? {
    let needsWindow: Bool
    if case .atOnce = node.amount { needsWindow = false } else { needsWindow = true }
    guard let last = node.per.last else { return nil }
    if !needsWindow {
      guard node.per.count == 1 else {
        add(
          TypeProblem.wrongArguments(node.name.text, usage: "5 at once per tenant"),
          at: last.span)
        return nil
      }
      return checkOwner(last, of: node.name.text).map { Per(owner: $0, window: nil) }
    }
    if node.per.count == 2, CheckedBudget.Window(rawValue: node.per[0].text) != nil,
      CheckedBudget.Window(rawValue: last.text) == nil
    {
      let first = node.per[0]
      let usage = "per \(last.text) per \(first.text)"
      let isWritten = written(first.span) == first.text && written(last.span) == last.text
      let cure = FixIt(
        "write \(usage.quoted)",
        edits: [Edit(first.span, last.text), Edit(last.span, first.text)], isSafe: true)
      add(
        TypeProblem.wrongArguments(node.name.text, usage: usage, cure: isWritten ? cure : nil),
        at: last.span)
      return nil
    }
    let owner = node.per.count > 1 ? checkOwner(node.per[0], of: node.name.text) : nil
    let window = checkWindow(last, of: node)
    guard let window, owner != nil || node.per.count == 1 else { return nil }
    return Per(owner: owner, window: window)
  }

  private mutating func checkWindow(
    _ name: Name, of node: BudgetDeclaration
  ) -> CheckedBudget.Window? {
    guard let window = CheckedBudget.Window(rawValue: name.text) else {
      if Identity(rawValue: name.text) != nil || scope[name.text]?.kind == .fact {
        scope.use(name: name.text)
        add(
          TypeProblem.wrongArguments(
            node.name.text, usage: "per \(name.text) per day"),
          at: name.span)
      } else {
        unknownValue(
          name, of: "per", choices: CheckedBudget.Window.allCases.map(\.rawValue))
      }
      return nil
    }
    if window == .request, case .requests = node.amount {
      add(
        ValueProblem.outOfRange(
          node.name.text, allowed: "a limit of requests and counted over time", found: name.text),
        at: name.span)
      return nil
    }
    return window
  }

  private mutating func checkOwner(_ name: Name, of subject: String) -> CheckedBudget.Owner? {
    if let identity = Identity(rawValue: name.text) { return .identity(identity) }
    if let symbol = scope[name.text] {
      scope.use(symbol)
      guard symbol.kind == .fact else {
        add(
          NameProblem.wrongKind(name.text, is: symbol.kind, wanted: "an identity or a fact"),
          at: name.span)
        return nil
      }
      return .fact(FactID(symbol.index))
    }
    unknownValue(
      name, of: "per",
      choices: Identity.allCases.map(\.rawValue) + scope.names(of: [.fact]))
    return nil
  }

  /// Budgets bind before anything is called: their `when` may read no classifier, no budget.
  mutating func reportCostlyBudgets() {
    guard !budgetReads.isEmpty else { return }
    let known = dependencies.costly
    for budget in budgetReads {
      guard let costly = dependencies.firstCostly(of: budget.reads, known) else { continue }
      let name: String
      switch costly {
      case .classifier(let id): name = declared.classifiers[id.index].node.name.text
      case .budget(let id): name = declared.budgets[id.index].node.name.text
      case .condition, .points, .tasks: continue
      }
      add(RouteProblem.costlyCondition(budget.name.text, reads: name), at: budget.span)
    }
  }
}

/// What the `when` of a budget reads.
struct BudgetReads: Sendable {
  let name: Name
  let span: Span
  let reads: [Dependency]
}
