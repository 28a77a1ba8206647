import PolicySemantics
import PolicySource
import PolicySyntax

/// The declarations as written, by the name each has.
struct WrittenParts {
  private(set) var gates: [String: GateDeclaration] = [:]
  private(set) var ladders: [String: LadderDeclaration] = [:]
  private(set) var guards: [String: GuardDeclaration] = [:]
  private(set) var budgets: [String: BudgetDeclaration] = [:]
  private(set) var facts: [String: FactDeclaration] = [:]

  init(_ files: [PolicyFile]) {
    for file in files {
      for declaration in file.declarations { add(declaration.content) }
    }
  }

  private mutating func add(_ content: Declaration.Content) {
    switch content {
    case .gate(let gate): gates[gate.name.text] = gate
    case .ladder(let ladder): ladders[ladder.name.text] = ladder
    case .guarding(let written): guards[written.name.text] = written
    case .budget(let budget): budgets[budget.name.text] = budget
    case .facts(let all): for fact in all { facts[fact.name.text] = fact }
    case .catalog, .zone, .importing, .condition, .classifier, .points, .task, .compression,
      .route, .test, .always:
      break
    }
  }
}

// MARK: Places of names

extension WrittenParts {
  /// The model's name in a tier.
  func model(_ tier: Int, of ladder: CheckedLadder) -> Span {
    guard let written = ladders[ladder.name], written.tiers.indices.contains(tier) else {
      return ladder.span
    }
    return written.tiers[tier].model.span
  }

  /// `max_budget = …` of a ladder.
  func maxBudget(of ladder: CheckedLadder) -> Span {
    let bound = ladders[ladder.name]?.bounds.first { $0.name.text == "max_budget" }
    return bound.map { $0.name.span.union($0.value.span) } ?? ladder.span
  }

  /// The amount of a budget or limit.
  func amount(of budget: CheckedBudget) -> Span {
    switch budgets[budget.name]?.amount {
    case .money(let value), .requests(let value), .tokens(let value), .atOnce(let value):
      value.span
    case nil: budget.span
    }
  }
}

extension LintSubject {
  /// O(size of the policy).
  var written: WrittenParts { WrittenParts(files) }
}
