import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// Guards: what must hold before any plan is made.
extension Checker {
  mutating func checkGuards() -> [CheckedGuard?] {
    declared.guards.map { found in
      let node = found.node
      var condition: CheckedCondition?
      var isSound = true
      if let written = node.condition {
        let (checked, reads) = collectingReads { $0.check(written) }
        condition = checked
        isSound = checked != nil
        if let checked {
          guardReads.append(
            GuardReads(name: node.name, condition: checked, span: written.span, reads: reads))
        }
      }
      if node.lines.isEmpty {
        absent(
          FileProblem.emptyDeclaration(node.name.text, needs: "a line such as `drop tools`"),
          at: node.name.span)
      }
      var once = OnceOnly()
      var lines: [CheckedGuard.Line] = []
      for line in node.lines {
        if let part = line.uniquePart, let first = once.enter(part, at: line.span) {
          add(RouteProblem.repeatedPart(part, first: first), at: line.span)
        }
        if let checked = checkLine(line) { lines.append(checked) }
      }
      reportUselessLines(node)
      guard isSound, lines.count == node.lines.count else { return nil }
      return CheckedGuard(
        name: node.name.text, condition: condition, lines: lines, span: found.span)
    }
  }

  private mutating func checkLine(_ line: GuardDeclaration.Line) -> CheckedGuard.Line? {
    switch line {
    case .onlyModels(let condition, let span):
      return checkModels(condition).map { .onlyModels($0, span) }
    case .dropTools(let span):
      return .dropTools(span)
    case .refuse(let text, let span):
      return nonEmpty(text, "the reason to refuse") ? .refuse(text.value, span) : nil
    }
  }

  private mutating func reportUselessLines(_ node: GuardDeclaration) {
    guard node.lines.contains(where: { $0.uniquePart == "`refuse`" }) else { return }
    for line in node.lines where line.uniquePart != "`refuse`" {
      add(
        RouteProblem.uselessLine(line.word, because: "the guard refuses the request"),
        at: line.span)
    }
  }

  /// A guard that reads a classifier must hold when the classifier fails.
  mutating func reportGuardsThatFailOpen(_ parts: FailureStudy.Parts) {
    var readers: [ClassifierID: [GuardReads]] = [:]
    for reading in guardReads {
      for id in dependencies.classifiers(from: reading.reads) {
        readers[id, default: []].append(reading)
      }
    }
    guard !readers.isEmpty else { return }
    let order = dependencies.bottomUp
    for id in readers.keys.sorted() {
      guard let classifier = parts.classifiers[id.index] else { continue }
      let study = FailureStudy(parts: parts, order: order, classifier: id)
      let labels = study.labelsThatOpen((readers[id] ?? []).map(\.condition))
      for (reading, label) in zip(readers[id] ?? [], labels) {
        guard let label else { continue }
        add(
          RouteProblem.guardFailsOpen(
            reading.name.text, classifier: classifier.name,
            failure: classifier.labels[classifier.onFailure], label: classifier.labels[label],
            declared: declared.classifiers[id.index].node.onFailure?.span ?? classifier.span),
          at: reading.span)
      }
    }
  }
}

/// What the `when` of a guard reads.
struct GuardReads: Sendable {
  let name: Name
  let condition: CheckedCondition
  let span: Span
  let reads: [Dependency]
}

extension GuardDeclaration.Line {
  fileprivate var uniquePart: String? {
    switch self {
    case .onlyModels: nil
    case .dropTools: "`drop tools`"
    case .refuse: "`refuse`"
    }
  }

  fileprivate var word: String {
    switch self {
    case .onlyModels: "only models"
    case .dropTools: "drop tools"
    case .refuse: "refuse"
    }
  }

  fileprivate var span: Span {
    switch self {
    case .onlyModels(_, let span), .dropTools(let span), .refuse(_, let span): span
    }
  }
}
