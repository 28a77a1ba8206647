import PolicySource
import PolicySyntax

/// A piece of the tree and the declaration it stands in.
struct Found<Node: Sendable>: Sendable {
  let node: Node
  /// The whole declaration.
  let span: Span
  let keyword: Span
  let isImported: Bool
}

/// Everything the files declare, by kind, in written order: imports first, then the policy, then the
/// files of its tests.
struct Declared: Sendable {
  private(set) var catalogs: [Found<StringLiteral>] = []
  private(set) var zones: [Found<StringLiteral>] = []
  private(set) var facts: [Found<FactDeclaration>] = []
  private(set) var classifiers: [Found<ClassifierDeclaration>] = []
  private(set) var conditions: [Found<ConditionDeclaration>] = []
  private(set) var points: [Found<PointsDeclaration>] = []
  private(set) var tasks: [Found<TaskDeclaration>] = []
  private(set) var budgets: [Found<BudgetDeclaration>] = []
  private(set) var gates: [Found<GateDeclaration>] = []
  private(set) var ladders: [Found<LadderDeclaration>] = []
  private(set) var compressions: [Found<CompressionDeclaration>] = []
  private(set) var guards: [Found<GuardDeclaration>] = []
  private(set) var routes: [Found<RouteDeclaration>] = []
  private(set) var tests: [Found<TestDeclaration>] = []
  private(set) var always: [Found<AlwaysDeclaration>] = []
  private(set) var allowing: [Declaration] = []

  /// Takes the policy first, then its imports and the files of its `tests`.
  init(files: [PolicyFile], tests: Set<SourceID>, report: inout Report) {
    for file in files.dropFirst() where !tests.contains(file.source.id) {
      add(file, isImported: true, report: &report)
    }
    if let policy = files.first { add(policy, isImported: false, report: &report) }
    for file in files where tests.contains(file.source.id) { add(tests: file, report: &report) }
  }

  private mutating func add(tests file: PolicyFile, report: inout Report) {
    for declaration in file.declarations {
      if !declaration.allows.isEmpty { allowing.append(declaration) }
      switch declaration.content {
      case .test, .always: add(declaration, isImported: true)
      case .catalog, .zone, .importing, .condition, .facts, .classifier, .points, .task, .budget,
        .gate, .ladder, .compression, .guarding, .route:
        report.add(FileProblem.notATest, at: declaration.keyword)
      }
    }
  }

  private mutating func add(_ file: PolicyFile, isImported: Bool, report: inout Report) {
    for declaration in file.declarations {
      if !declaration.allows.isEmpty { allowing.append(declaration) }
      if isImported, let word = declaration.content.ownWord {
        report.add(FileProblem.notImportable(word), at: declaration.keyword)
        continue
      }
      add(declaration, isImported: isImported)
    }
  }

  private mutating func add(_ declaration: Declaration, isImported: Bool) {
    func found<Node: Sendable>(_ node: Node) -> Found<Node> {
      Found(
        node: node, span: declaration.span, keyword: declaration.keyword, isImported: isImported)
    }
    switch declaration.content {
    case .catalog(let path): catalogs.append(found(path))
    case .zone(let name): zones.append(found(name))
    case .importing: break
    case .condition(let node): conditions.append(found(node))
    case .facts(let nodes): facts += nodes.map(found)
    case .classifier(let node): classifiers.append(found(node))
    case .points(let node): points.append(found(node))
    case .task(let node): tasks.append(found(node))
    case .budget(let node): budgets.append(found(node))
    case .gate(let node): gates.append(found(node))
    case .ladder(let node): ladders.append(found(node))
    case .compression(let node): compressions.append(found(node))
    case .guarding(let node): guards.append(found(node))
    case .route(let node): routes.append(found(node))
    case .test(let node): tests.append(found(node))
    case .always(let node): always.append(found(node))
    }
  }
}

extension Declaration.Content {
  /// The word of a declaration that only the policy itself may have; nil for all others.
  fileprivate var ownWord: String? {
    switch self {
    case .catalog: "catalog"
    case .zone: "zone"
    case .task: "task"
    case .route(let route): route.name == nil ? "otherwise" : "route"
    case .importing, .condition, .facts, .classifier, .points, .budget, .gate, .ladder,
      .compression, .guarding, .test, .always:
      nil
    }
  }
}
