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

extension LintSubject {
  /// O(size of the policy).
  var written: WrittenParts { WrittenParts(files) }
}
