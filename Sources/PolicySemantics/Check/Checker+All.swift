import PolicySource
import PolicySyntax

/// The order of the check: names first, then what others lean on, then the rest.
extension Checker {
  mutating func checkAll() -> CheckedParts {
    checkFileLines()
    declareNames()
    readLabelTypes()
    sumPoints()
    classifyGates()
    var parts = CheckedParts()
    parts.facts = checkFacts()
    parts.classifiers = checkClassifiers()
    parts.conditions = checkConditions()
    parts.points = checkPoints()
    parts.tasks = checkTasks()
    parts.budgets = checkBudgets()
    parts.gates = checkGates()
    parts.ladders = checkLadders()
    parts.compressions = checkCompressions()
    parts.guards = checkGuards()
    parts.routes = checkRoutes()
    parts.tests = checkTests()
    parts.always = checkAlways()
    reportCycles()
    reportCostlyBudgets()
    reportGuardsThatFailOpen(
      FailureStudy.Parts(
        classifiers: parts.classifiers, conditions: parts.conditions, points: parts.points,
        tasks: parts.tasks))
    reportMissingPrices()
    reportUnused()
    return parts
  }

  /// `catalog` once, `zone` at most once.
  private mutating func checkFileLines() {
    if declared.catalogs.isEmpty {
      absent(FileProblem.missingCatalog, at: startOfPolicy)
    }
    for (word, lines) in [("catalog", declared.catalogs), ("zone", declared.zones)] {
      guard let first = lines.first else { continue }
      for line in lines.dropFirst() {
        add(FileProblem.repeatedDeclaration(word, first: first.span), at: line.span)
      }
    }
    if let path = declared.catalogs.first?.node { _ = nonEmpty(path, "the catalog's file name") }
    if let zone = declared.zones.first?.node { checkZone(zone) }
  }

  private var startOfPolicy: Span {
    Span(file: policy ?? SourceID(0), start: 0, end: 0)
  }

  private mutating func checkZone(_ zone: StringLiteral) {
    guard nonEmpty(zone, "the zone") else { return }
    let known = vocabulary?.zones.names ?? []
    let isWellFormed = zone.value.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || "/_+-".utf8.contains(byte)
    }
    guard isWellFormed, known.isEmpty || known.contains(zone.value) else {
      let near =
        Self.zone(of: zone.value, among: known) ?? report.nearName(zone.value, among: known)
      add(
        NameProblem.unknown(.zone, zone.value, near: near.map { "\"\($0)\"" }), at: zone.span)
      return
    }
  }

  /// The zone that is called after a city: `Europe/Berlin` for `Berlin`; nil unless one alone is.
  private static func zone(of city: String, among known: [String]) -> String? {
    let city = city.lowercased().replacing(" ", with: "_")
    let found = known.filter { $0.split(separator: "/").last?.lowercased() == city }
    return found.count == 1 ? found.first : nil
  }

  /// Enters every declared name, each once across all files.
  private mutating func declareNames() {
    declare(declared.facts.map { ($0.node.name, $0.isImported) }, .fact)
    declare(declared.classifiers.map { ($0.node.name, $0.isImported) }, .classifier)
    declare(declared.conditions.map { ($0.node.name, $0.isImported) }, .condition)
    declare(declared.points.map { ($0.node.name, $0.isImported) }, .points)
    declare(declared.tasks.map { ($0.node.name, $0.isImported) }, .task)
    declare(declared.budgets.map { ($0.node.name, $0.isImported) }, .budget)
    declare(declared.gates.map { ($0.node.name, $0.isImported) }, .gate)
    declare(declared.ladders.map { ($0.node.name, $0.isImported) }, .ladder)
    declare(declared.compressions.map { ($0.node.name, $0.isImported) }, .compression)
    declare(declared.guards.map { ($0.node.name, $0.isImported) }, .guarding)
    let routes = declared.routes.enumerated().compactMap { index, found in
      found.node.name.map { (index, $0, found.isImported) }
    }
    for (index, name, isImported) in routes { declare(name, .route, index, isImported) }
  }

  private mutating func declare(_ names: [(name: Name, isImported: Bool)], _ kind: NameKind) {
    for (index, entry) in names.enumerated() {
      declare(entry.name, kind, index, entry.isImported)
    }
  }

  private mutating func declare(
    _ name: Name, _ kind: NameKind, _ index: Int, _ isImported: Bool
  ) {
    if isAddressed(kind), let meaning = meaningBeside(name.text) {
      add(NameProblem.taken(name.text, as: meaning), at: name.span)
      return
    }
    guard
      let other = scope.declare(
        name.text, kind, index: index, at: name.span, isImported: isImported)
    else { return }
    let (first, second) =
      other.span.file == name.span.file && name.span < other.span
      ? (name.span, other.span) : (other.span, name.span)
    add(NameProblem.duplicate(name.text, first: first), at: second)
    scope.use(other)
  }

  /// What else a name would mean where a model could stand; the parser keeps out keywords and
  /// fields.
  private func meaningBeside(_ name: String) -> String? {
    switch name {
    case "requested": "the model the caller asked for"
    case "otherwise": "the last route"
    default: scope.model(name) == nil ? nil : "a model of the catalog"
    }
  }

  /// Whether a name of this kind stands where a model could stand too.
  private func isAddressed(_ kind: NameKind) -> Bool {
    switch kind {
    case .ladder, .gate, .classifier: true
    case .fact, .condition, .points, .task, .budget, .compression, .guarding, .route, .model,
      .embedder, .target, .zone, .field, .parameter, .score:
      false
    }
  }

  /// Budgets, guards, tasks and routes work by being there; all else must be used.
  private mutating func reportUnused() {
    for (name, symbol) in scope.unused {
      switch symbol.kind {
      case .fact, .classifier, .condition, .points, .gate, .ladder, .compression:
        absent(NameProblem.unused(symbol.kind, name), at: symbol.span)
      case .task, .budget, .guarding, .route, .model, .embedder, .target, .zone, .field,
        .parameter, .score:
        break
      }
    }
  }
}
