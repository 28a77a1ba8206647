import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Conditions, points, tasks, budgets and compressions.
extension Checker {
  mutating func checkConditions() -> [CheckedNamedCondition?] {
    declared.conditions.indices.map { index in
      let found = declared.conditions[index]
      let (condition, reads) = collectingReads { $0.check(found.node.condition) }
      dependencies.add(
        .condition(ConditionID(index)), named: found.node.name, reads: reads)
      return condition.map {
        CheckedNamedCondition(name: found.node.name.text, condition: $0, span: found.span)
      }
    }
  }

  /// The sums of all points, before any comparison with them is checked.
  mutating func sumPoints() {
    pointTotals = declared.points.map { found in
      found.node.lines.reduce(0) { sum, line in
        guard case .number(let decimal, nil) = line.weight.kind, let weight = decimal.whole
        else { return sum }
        let (total, overflow) = sum.addingReportingOverflow(weight)
        return overflow ? .max : total
      }
    }
  }

  mutating func checkPoints() -> [CheckedPoints?] {
    declared.points.indices.map { index in
      let found = declared.points[index]
      let name = found.node.name
      if found.node.lines.isEmpty {
        add(
          FileProblem.emptyDeclaration(name.text, needs: "a line such as `30 when …`"),
          at: name.span)
      }
      let (lines, reads) = collectingReads { checker in
        found.node.lines.compactMap { line -> CheckedPoints.Line? in
          let weight = checker.readCount(
            line.weight, of: name.text, in: 1...1_000_000_000)
          let condition = checker.check(line.condition)
          guard let weight, let condition else { return nil }
          return CheckedPoints.Line(weight: weight, condition: condition, span: line.span)
        }
      }
      dependencies.add(.points(PointsID(index)), named: name, reads: reads)
      guard lines.count == found.node.lines.count else { return nil }
      return CheckedPoints(name: name.text, lines: lines, span: found.span)
    }
  }

  mutating func checkTasks() -> [CheckedTask?] {
    var allReads: [Dependency] = []
    var otherwise: Span?
    let tasks = declared.tasks.map { found -> CheckedTask? in
      let name = found.node.name
      if let otherwise {
        add(
          FileProblem.afterOtherwise("task \(name.text.quoted)", otherwise: otherwise),
          at: name.span)
      }
      guard let condition = found.node.condition else {
        if otherwise == nil { otherwise = found.span }
        return CheckedTask(name: name.text, condition: nil, span: found.span)
      }
      let (checked, reads) = collectingReads { $0.check(condition) }
      allReads += reads
      return checked.map { CheckedTask(name: name.text, condition: $0, span: found.span) }
    }
    if let first = declared.tasks.first, let last = declared.tasks.last {
      dependencies.add(.tasks, named: Name("task", at: first.keyword), reads: allReads)
      if otherwise == nil {
        let end = Span(file: last.span.file, start: last.span.end, end: last.span.end)
        absent(FileProblem.missingTaskOtherwise(insertAt: end), at: last.node.name.span)
      }
    }
    return tasks
  }

  mutating func checkCompressions() -> [CheckedCompression?] {
    declared.compressions.map { found in
      let node = found.node
      let targets = checkTargets(node.targets)
      var condition: CheckedCondition?
      var isSound = true
      if let written = node.condition {
        condition = check(written)
        isSound = condition != nil
      }
      let size = node.size.flatMap { checkSize($0) }
      let method = node.method.flatMap { checkMethod($0) }
      let isSized = size != nil || node.size == nil && method == .lossless
      if node.size == nil, let method, method != .lossless, let name = node.method {
        add(RouteProblem.unsized(name.text), at: name.span)
      }
      guard isSound, let targets, isSized, let method else { return nil }
      return CheckedCompression(
        name: node.name.text, targets: targets, condition: condition, size: size, method: method,
        span: found.span)
    }
  }

  private mutating func checkTargets(_ names: [Name]) -> [TextPart]? {
    var parts: [TextPart] = []
    var places: [TextPart: Span] = [:]
    var isSound = true
    for name in names {
      guard let part = textPart(name, for: "target") else {
        isSound = false
        continue
      }
      guard part == .context else {
        add(RouteProblem.protectedText(name.text), at: name.span)
        isSound = false
        continue
      }
      if let first = places[part] {
        add(ValueProblem.repeatedValue(name.text, first: first), at: name.span)
      } else {
        places[part] = name.span
        parts.append(part)
      }
    }
    return isSound ? parts : nil
  }

  private mutating func checkSize(_ value: Value) -> CheckedCompression.Size? {
    if case .share = value.kind {
      guard let share = readShare(value, of: "to") else { return nil }
      guard share < .whole else {
        add(
          ValueProblem.outOfRange("to", allowed: "below 100%", found: written(value.span)),
          at: value.span)
        return nil
      }
      return .share(share)
    }
    return readCount(value, of: "to", unit: .tokens, in: 1...Int64.max).map { .tokens($0) }
  }

  private mutating func checkMethod(_ name: Name) -> CheckedCompression.Method? {
    if name.text == "extractive" { return .extractive }
    if name.text == "lossless" { return .lossless }
    guard let model = lookUpModel(name) else { return nil }
    calls.append(PaidCall(callee: .model(model), span: name.span))
    return .model(model)
  }

  /// Reports that something is absent, unless parts of the files could not be read: it may well be
  /// there then.
  mutating func absent(_ problem: some Problem, at span: Span) {
    if !isIncomplete { add(problem, at: span) }
  }
}
