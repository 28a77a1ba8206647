import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Routes: a condition, effects in written order, and one thing to do.
extension Checker {
  mutating func checkRoutes() -> [CheckedRoute?] {
    var otherwise: Span?
    var routes: [CheckedRoute?] = []
    routes.reserveCapacity(declared.routes.count)
    for found in declared.routes {
      let name = found.node.name
      if let otherwise {
        let what = name.map { "route \($0.text.quoted)" } ?? "another `otherwise`"
        add(FileProblem.afterOtherwise(what, otherwise: otherwise), at: name?.span ?? found.keyword)
      }
      if name == nil, otherwise == nil { otherwise = found.keyword }
      routes.append(checkRoute(found))
    }
    if otherwise == nil { absent(FileProblem.missingOtherwise, at: endOfPolicy) }
    return routes
  }

  private var endOfPolicy: Span {
    guard let policy, let file = sources[policy] else {
      return Span(file: SourceID(0), start: 0, end: 0)
    }
    return Span(file: policy, start: file.span.end, end: file.span.end)
  }

  private mutating func checkRoute(_ found: Found<RouteDeclaration>) -> CheckedRoute? {
    let name = found.node.name?.text ?? "otherwise"
    var condition: CheckedCondition?
    var isSound = true
    if let written = found.node.condition {
      condition = check(written)
      isSound = condition != nil
    }
    let body = checkBody(found.node, name: name, at: found.node.name?.span ?? found.keyword)
    guard isSound, let body else { return nil }
    return CheckedRoute(
      name: name, condition: condition, effects: body.effects, action: body.action,
      span: found.span, conditionSpan: found.node.condition?.span ?? found.keyword)
  }

  private struct Body {
    var effects: [CheckedRoute.Effect] = []
    var action: CheckedRoute.Action
  }

  private mutating func checkBody(
    _ route: RouteDeclaration, name: String, at span: Span
  ) -> Body? {
    var effects: [CheckedRoute.Effect] = []
    var action: CheckedRoute.Action?
    var written: (word: String, span: Span)?
    var once = OnceOnly()
    var isSound = true
    for line in route.lines {
      if let part = line.uniquePart, let first = once.enter(part, at: line.span) {
        add(RouteProblem.repeatedPart(part, first: first), at: line.span)
        isSound = false
      }
      if let word = line.actionWord {
        if let written {
          add(
            RouteProblem.repeatedAction(word, first: written.word, firstSpan: written.span),
            at: line.span)
          isSound = false
        }
        written = written ?? (word, line.span)
        let checked = checkAction(line)
        action = action ?? checked
        isSound = isSound && checked != nil
      } else if let effect = checkEffect(line) {
        effects.append(effect)
      } else {
        isSound = false
      }
    }
    guard let written else {
      absent(RouteProblem.missingAction(name), at: span)
      return nil
    }
    reportShapesOfArms(route.lines, &once)
    guard isSound, let action else { return nil }
    if written.word == "refuse" { reportUselessLines(route.lines) }
    return Body(effects: effects, action: action)
  }

  /// What a route sets for all arms, no arm sets again.
  private mutating func reportShapesOfArms(_ lines: [RouteLine], _ once: inout OnceOnly) {
    for case .split(let split) in lines {
      for arm in split.arms {
        for shape in arm.shapes {
          guard let part = shape.uniquePart, let first = once.place(of: part) else { continue }
          add(RouteProblem.repeatedPart(part, first: first), at: shape.span)
        }
      }
    }
  }

  /// A refused request is never called, cached or shaped.
  private mutating func reportUselessLines(_ lines: [RouteLine]) {
    for line in lines where line.actionWord == nil {
      add(
        RouteProblem.uselessLine(line.word, because: "the route refuses the request"),
        at: line.span)
    }
  }

  private mutating func checkAction(_ line: RouteLine) -> CheckedRoute.Action? {
    switch line {
    case .use(let use): return checkUse(use).map { .use($0) }
    case .split(let split): return checkSplit(split).map { .split($0) }
    case .refuse(let text, let span):
      return nonEmpty(text, "the reason to refuse") ? .refuse(text.value, span) : nil
    case .cache, .shape, .compress, .batch, .stick, .stop, .shadow: return nil
    }
  }

  private mutating func checkEffect(_ line: RouteLine) -> CheckedRoute.Effect? {
    switch line {
    case .cache(let cache): return checkCache(cache).map { .cache($0) }
    case .shape(let shape): return checkShape(shape).map { .shape($0) }
    case .compress(let name, let span):
      return lookUp(name, as: .compression).map { .compress(CompressionID($0), span) }
    case .batch(let size, let within, let span):
      let count = readCount(size, of: "batch up to", in: 2...10_000)
      let time = readDuration(within, of: "within")
      guard let count, let time else { return nil }
      return .batch(size: Int(count), within: time, span)
    case .stick(let time, let span):
      return readDuration(time, of: "stick for").map { .stick($0, span) }
    case .stop(let stop): return checkStop(stop).map { .stop($0) }
    case .shadow(let share, let target, _):
      let part = readShare(share, of: "shadow")
      let checked = checkTarget(target)
      guard let part, let checked else { return nil }
      return .shadow(part, checked)
    case .use, .split, .refuse: return nil
    }
  }

  private mutating func checkCache(_ line: CacheLine) -> CacheRule? {
    let kind: CacheRule.Kind?
    switch line.kind {
    case .exact: kind = .exact
    case .similar(let threshold, let name):
      let score = readScore(threshold, of: "similar")
      let encoder = lookUpEmbedder(name)
      if let encoder { calls.append(PaidCall(callee: .embedder(encoder), span: name.span)) }
      if let score, let encoder {
        kind = .similar(threshold: score, encoder: encoder)
      } else {
        kind = nil
      }
    }
    let lifetime = readDuration(line.lifetime, of: "for")
    var scope: CacheRule.Scope? = .per(.tenant)
    switch line.scope {
    case nil: break
    case .shared: scope = .shared
    case .per(let name):
      scope = choose(name, for: "per", among: Identity.self).map { .per($0) }
    }
    guard let kind, let lifetime, let scope else { return nil }
    return CacheRule(kind: kind, lifetime: lifetime, scope: scope, span: line.span)
  }

  private mutating func checkSplit(_ line: SplitLine) -> CheckedSplit? {
    var key: CheckedSplit.Key? = line.by.text == "request" ? .request : nil
    if key == nil {
      if let identity = Identity(rawValue: line.by.text) {
        key = .identity(identity)
      } else {
        unknownValue(
          line.by, of: "split by", choices: Identity.allCases.map(\.rawValue) + ["request"])
      }
    }
    guard !line.arms.isEmpty else {
      add(
        FileProblem.emptyDeclaration("split", needs: "arms such as `90% use MODEL`"),
        at: line.span)
      return nil
    }
    var sum: Int64 = 0
    var names: [String: Span] = [:]
    var arms: [CheckedSplit.Arm] = []
    var sharesAreSound = true
    for (index, arm) in line.arms.enumerated() {
      let share = readShare(arm.share, of: "split")
      sharesAreSound = sharesAreSound && share != nil
      sum = sum.addingReportingOverflow(share?.millionths ?? 0).partialValue
      let name = arm.name?.text ?? "arm_\(index + 1)"
      if let first = names[name] {
        add(NameProblem.duplicate(name, first: first), at: arm.name?.span ?? arm.span)
      } else {
        names[name] = arm.name?.span ?? arm.span
      }
      let checked = checkArm(arm, share: share, name: name)
      if let checked { arms.append(checked) }
    }
    if sharesAreSound, sum != Share.whole.millionths {
      add(
        GateProblem.sharesNotWhole("the split", sum: Share(millionths: sum).text),
        at: line.span)
      return nil
    }
    guard let key, arms.count == line.arms.count else { return nil }
    return CheckedSplit(by: key, arms: arms, span: line.span)
  }

  private mutating func checkArm(
    _ arm: SplitLine.Arm, share: Share?, name: String
  ) -> CheckedSplit.Arm? {
    var once = OnceOnly()
    var shapes: [ShapeRule] = []
    for shape in arm.shapes {
      if let part = shape.uniquePart, let first = once.enter(part, at: shape.span) {
        add(RouteProblem.repeatedPart(part, first: first), at: shape.span)
      }
      if let checked = checkShape(shape) { shapes.append(checked) }
    }
    let use = checkUse(arm.use)
    guard let share, let use, shapes.count == arm.shapes.count else { return nil }
    return CheckedSplit.Arm(share: share, name: name, shapes: shapes, use: use, span: arm.span)
  }
}
