import PolicyDiagnostics
import PolicySource
package import PolicySyntax

/// Makes every small mistake there is to make in a policy, one to a mutant.
///
/// Read off the tree: what the parser made of the text says where a part begins and ends. Tests and
/// `always` blocks are left alone.
package struct MutantFinder {
  let source: SourceFile
  private var found: [Mutant] = []
  /// That of the mistakes at hand.
  private var reach = Mutant.Reach.anything

  /// The mutants of one file, by place.
  package static func mutants(of file: PolicyFile) -> [Mutant] {
    var finder = MutantFinder(source: file.source)
    for declaration in file.declarations { finder.add(declaration.content) }
    finder.addOrder(of: file.declarations)
    return finder.found.enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }.map(\.element)
  }

  private init(source: SourceFile) { self.source = source }

  // MARK: Writing one down

  mutating func add(
    _ change: Mutant.Change, at span: Span, _ edits: [Edit], after: String
  ) {
    found.append(
      Mutant(
        change: change, edits: edits, span: span, before: source.text(of: span), after: after,
        reach: reach))
  }

  mutating func replace(_ change: Mutant.Change, _ span: Span, with text: String) {
    add(change, at: span, [Edit(span, text)], after: text)
  }

  /// Takes a part out together with what joins it to the one before it, or to the one after.
  mutating func remove(_ change: Mutant.Change, _ index: Int, of parts: [Span]) {
    let part = parts[index]
    let gone =
      index > 0
      ? Span(file: part.file, start: parts[index - 1].end, end: part.end)
      : Span(
        file: part.file, start: part.start, end: parts.count > 1 ? parts[1].start : part.end)
    add(change, at: part, [Edit(gone, "")], after: "")
  }

  /// Puts two texts in each other's place.
  mutating func swap(_ change: Mutant.Change, _ first: Span, _ second: Span) {
    let (before, after) = (source.text(of: first), source.text(of: second))
    guard before != after else { return }
    add(change, at: first, [Edit(first, after), Edit(second, before)], after: after)
  }

  mutating func shift(_ value: Value?) {
    guard let value else { return }
    switch value.kind {
    case .money, .number, .share, .duration: break
    case .date, .string, .word: return
    }
    for step: Int64 in [1, -1] {
      guard let text = ShiftedNumber.text(source.text(of: value.span), by: step) else { continue }
      replace(.shiftedNumber, value.span, with: text)
    }
  }

  /// What stands between two parts.
  func gap(_ first: Span, _ second: Span) -> Span {
    Span(file: first.file, start: first.end, end: second.start)
  }
}

// MARK: Declarations

extension MutantFinder {
  private mutating func add(_ content: Declaration.Content) {
    switch content {
    case .condition(let node): add(node.condition)
    case .classifier(let node): shift(node.timeout)
    case .points(let node):
      for line in node.lines {
        shift(line.weight)
        addWhole(line.condition)
      }
    case .task(let node): adding(.taking) { $0.addWhole(node.condition) }
    case .budget(let node): add(node)
    case .gate(let node): addWhole(node.condition)
    case .ladder(let node): add(node)
    case .compression(let node):
      shift(node.size)
      addWhole(node.condition)
    case .guarding(let node): add(node)
    case .route(let node):
      adding(.taking) { $0.addWhole(node.condition) }
      adding(.route(node.name?.text ?? "otherwise")) { finder in
        for line in node.lines { finder.add(line) }
      }
    case .catalog, .zone, .importing, .facts, .test, .always: break
    }
  }

  /// The mistakes of a part whose reach is known.
  private mutating func adding(_ reach: Mutant.Reach, _ part: (inout MutantFinder) -> Void) {
    self.reach = reach
    part(&self)
    self.reach = .anything
  }

  private mutating func add(_ budget: BudgetDeclaration) {
    switch budget.amount {
    case .money(let value), .requests(let value), .tokens(let value), .atOnce(let value):
      shift(value)
    }
    for owner in budget.per {
      guard let wider = Self.wider[owner.text] else { continue }
      replace(.widenedScope, owner.span, with: wider)
    }
    addWhole(budget.condition)
  }

  /// Whose share of a budget it is, and who would share it by mistake.
  private static let wider = ["conversation": "user", "user": "tenant", "key": "tenant"]

  private mutating func add(_ guarding: GuardDeclaration) {
    addWhole(guarding.condition)
    let lines = guarding.lines.map(\.span)
    for (index, line) in guarding.lines.enumerated() {
      if lines.count > 1 { remove(.removedGuard, index, of: lines) }
      // Without its one condition the line does nothing: that is the line left out.
      if case .onlyModels(let condition, _) = line { add(condition) }
    }
  }

  private mutating func add(_ ladder: LadderDeclaration) {
    for bound in ladder.bounds { shift(bound.value) }
    let tiers = ladder.tiers.map(\.span)
    for (index, tier) in ladder.tiers.enumerated() {
      if tiers.count > 1 { remove(.removedTier, index, of: tiers) }
      if index > 0 { swap(.reorderedTiers, tiers[index - 1], tiers[index]) }
      for pass in tier.accepts { shift(pass.threshold) }
      add(tier.options)
    }
  }

  mutating func add(_ options: [CallOption]) {
    for option in options { shift(option.value) }
  }

  /// Routes and tasks decide by their order; of guards each one holds.
  fileprivate mutating func addOrder(of declarations: [Declaration]) {
    var routes: [Span] = []
    var tasks: [Span] = []
    for declaration in declarations {
      switch declaration.content {
      case .guarding:
        remove(.removedGuard, declaration)
      case .route(let route) where route.name != nil:
        adding(.taking) { $0.remove(.removedRoute, declaration) }
        routes.append(declaration.whole)
      case .task(let task) where task.condition != nil: tasks.append(declaration.whole)
      case .route, .task, .catalog, .zone, .importing, .condition, .facts, .classifier, .points,
        .budget, .gate, .ladder, .compression, .test, .always:
        continue
      }
    }
    adding(.taking) { finder in
      for index in routes.indices.dropFirst() {
        finder.swap(.reorderedRoutes, routes[index - 1], routes[index])
      }
      for index in tasks.indices.dropFirst() {
        finder.swap(.reorderedTasks, tasks[index - 1], tasks[index])
      }
    }
  }

  private mutating func remove(_ change: Mutant.Change, _ declaration: Declaration) {
    add(change, at: declaration.span, [Edit(declaration.whole, "")], after: "")
  }
}

extension Declaration {
  /// With the `@allow` lines above it.
  fileprivate var whole: Span {
    Span(file: span.file, start: allows.first?.span.start ?? span.start, end: span.end)
  }
}

extension GuardDeclaration.Line {
  fileprivate var span: Span {
    switch self {
    case .onlyModels(_, let span), .dropTools(let span), .refuse(_, let span): span
    }
  }
}
