import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Ladders: tiers in written order, each with the gates that accept its answer.
extension Checker {
  mutating func checkLadders() -> [CheckedLadder?] {
    declared.ladders.indices.map { index in
      let found = declared.ladders[index]
      let node = found.node
      let bounds = checkBounds(node)
      if node.tiers.isEmpty {
        absent(
          FileProblem.emptyDeclaration(node.name.text, needs: "a line such as `tier MODEL`"),
          at: node.name.span)
      }
      let tiers = node.tiers.map { checkTier($0) }
      let outcomes = checkOutcomes(node)
      let checked = tiers.compactMap { $0 }
      guard let bounds, let outcomes, checked.count == node.tiers.count else { return nil }
      reportUnreachableTiers(node, checked, outcomes)
      reportRepeatedTiers(node, checked)
      if outcomes.exhausted == .best { checkBest(node, checked) }
      if let bound = bounds.money {
        ladderBounds.append(
          LadderBound(ladder: LadderID(index), tiers: checked, node: node, span: bound))
      }
      return CheckedLadder(
        name: node.name.text, maxBudget: bounds.maxBudget, maxTime: bounds.maxTime,
        tiers: checked, onExhausted: outcomes.exhausted,
        climbsWhenFiltered: outcomes.climbsWhenFiltered, stopsWhenFailed: outcomes.stopsWhenFailed,
        span: found.span)
    }
  }

  private struct Bounds {
    var maxBudget: Money?
    var maxTime: Milliseconds?
    /// Where `max_budget` is written.
    var money: Span?
  }

  private mutating func checkBounds(_ node: LadderDeclaration) -> Bounds? {
    var bounds = Bounds()
    var places: [String: Span] = [:]
    var isSound = true
    for bound in node.bounds {
      let name = bound.name
      if let first = places[name.text] {
        add(RouteProblem.repeatedPart(name.text.quoted, first: first), at: name.span)
        isSound = false
        continue
      }
      places[name.text] = name.span
      switch name.text {
      case "max_budget":
        bounds.maxBudget = readMoney(bound.value, of: name.text, allowsBare: true)
        bounds.money = name.span.union(bound.value.span)
        isSound = isSound && bounds.maxBudget != nil
      case "max_time":
        bounds.maxTime = readDuration(bound.value, of: name.text)
        isSound = isSound && bounds.maxTime != nil
      default:
        unknown(
          .parameter, name,
          near: report.nearName(name.text, among: ["max_budget", "max_time"]))
        isSound = false
      }
    }
    return isSound ? bounds : nil
  }

  private mutating func checkTier(_ tier: LadderDeclaration.Tier) -> CheckedLadder.Tier? {
    let model = lookUpModel(tier.model)
    if let model { calls.append(PaidCall(callee: .model(model), span: tier.model.span)) }
    var places: [GateID: Span] = [:]
    var accepts: [CheckedLadder.Pass] = []
    for pass in tier.accepts {
      guard let checked = checkPass(pass) else { continue }
      if let first = places[checked.gate] {
        add(
          RouteProblem.repeatedPart("gate \(pass.gate.text.quoted)", first: first), at: pass.span)
        continue
      }
      places[checked.gate] = pass.span
      accepts.append(checked)
    }
    let options = checkOptions(tier.options)
    guard let model, let options, accepts.count == tier.accepts.count else { return nil }
    return CheckedLadder.Tier(model: model, accepts: accepts, options: options, span: tier.span)
  }

  private mutating func checkPass(_ pass: LadderDeclaration.Pass) -> CheckedLadder.Pass? {
    guard let index = lookUpGate(pass.gate) else { return nil }
    let gate = GateID(index)
    switch (gateKinds[index], pass.comparison, pass.threshold) {
    case (.decides, nil, _), (.decides, _, nil):
      return CheckedLadder.Pass(gate: gate, threshold: nil, span: pass.span)
    case (.decides, _, _):
      let cure = FixIt(
        "leave the threshold out", edits: [Edit(pass.span, pass.gate.text)])
      add(GateProblem.needlessThreshold(pass.gate.text, cure: cure), at: pass.span)
      return nil
    case (.scores(let higher), let comparison?, let value?):
      let place = Span(
        file: pass.span.file, start: pass.gate.span.end, end: value.span.start)
      guard isAlong(comparison, higherIsBetter: higher, of: pass.gate.text, at: trimmed(place)),
        let score = readScore(value, of: pass.gate.text)
      else { return nil }
      warnIfOpen(score, higherIsBetter: higher, of: pass.gate.text, at: pass.span)
      return CheckedLadder.Pass(
        gate: gate, threshold: CheckedLadder.Threshold(comparison: comparison, score: score),
        span: pass.span)
    case (.scores(let higher), _, _):
      let end = Span(file: pass.span.file, start: pass.span.end, end: pass.span.end)
      add(
        GateProblem.missingThreshold(pass.gate.text, at: end, lowerIsBetter: !higher),
        at: pass.span)
      return nil
    }
  }

  /// The gate a tier accepts by; an answer's own word needs a gate around it.
  private mutating func lookUpGate(_ name: Name) -> Int? {
    if scope[name.text] == nil, AnswerField(rawValue: name.text) != nil {
      add(
        NameProblem.wrongKind(name.text, is: .field, wanted: "a gate: declare `gate NAME = …`"),
        at: name.span)
      return nil
    }
    return lookUp(name, as: .gate)
  }

  /// Without the blanks at both ends.
  private func trimmed(_ span: Span) -> Span {
    let text = written(span).utf8
    let leading = text.prefix { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }.count
    let kept = text.dropFirst(leading).prefix { $0 != 0x20 && $0 != 0x0A && $0 != 0x09 }.count
    let start = span.start &+ UInt32(leading)
    return Span(file: span.file, start: start, end: start &+ UInt32(kept))
  }

  struct Outcomes {
    var exhausted: LadderDeclaration.Exhausted = .fail
    var climbsWhenFiltered = false
    var stopsWhenFailed = false
  }

  private mutating func checkOutcomes(_ node: LadderDeclaration) -> Outcomes? {
    var outcomes = Outcomes()
    var places: [String: Span] = [:]
    var isSound = true
    for outcome in node.outcomes {
      let (name, span): (String, Span)
      switch outcome {
      case .exhausted(let result, let place):
        outcomes.exhausted = result
        (name, span) = ("on exhausted", place)
      case .filteredClimb(let place):
        outcomes.climbsWhenFiltered = true
        (name, span) = ("on filtered", place)
      case .failedStop(let place):
        outcomes.stopsWhenFailed = true
        (name, span) = ("on failed", place)
      }
      if let first = places[name] {
        add(RouteProblem.repeatedPart(name.quoted, first: first), at: span)
        isSound = false
      } else {
        places[name] = span
      }
    }
    return isSound ? outcomes : nil
  }

  /// A tier without a gate accepts all it answers; if a failure ends the ladder too, none follows.
  private mutating func reportUnreachableTiers(
    _ node: LadderDeclaration, _ tiers: [CheckedLadder.Tier], _ outcomes: Outcomes
  ) {
    guard outcomes.stopsWhenFailed, !outcomes.climbsWhenFiltered,
      let open = tiers.firstIndex(where: { $0.accepts.isEmpty }), open + 1 < tiers.count
    else { return }
    let tier = node.tiers[open + 1]
    add(GateProblem.unreachableTier(tier.model.text), at: tier.span)
  }

  /// A tier asked again in the same way: sampling is no rung.
  private mutating func reportRepeatedTiers(
    _ node: LadderDeclaration, _ tiers: [CheckedLadder.Tier]
  ) {
    struct Asked: Hashable {
      let model: ModelID
      let options: CallOptions
    }
    var places: [Asked: Span] = [:]
    for (tier, written) in zip(tiers, node.tiers) {
      let asked = Asked(model: tier.model, options: tier.options)
      if let first = places[asked] {
        add(
          RouteProblem.repeatedTarget(written.model.text, first: first), at: written.model.span)
      } else {
        places[asked] = written.model.span
      }
    }
  }

  private mutating func checkBest(_ node: LadderDeclaration, _ tiers: [CheckedLadder.Tier]) {
    let gated = tiers.indices.filter { !tiers[$0].accepts.isEmpty }
    guard let first = gated.first, let gate = tiers[first].accepts.first else {
      add(GateProblem.bestNotComparable(reason: "no tier has a gate"), at: bestSpan(node))
      return
    }
    let name = declared.gates[gate.gate.index].node.name.text
    for index in gated.dropFirst() {
      guard let other = tiers[index].accepts.first, other.gate != gate.gate else { continue }
      add(
        GateProblem.bestNotComparable(reason: "the tiers above start with \(name.quoted)"),
        at: other.span)
      return
    }
  }

  private func bestSpan(_ node: LadderDeclaration) -> Span {
    for outcome in node.outcomes {
      if case .exhausted(_, let span) = outcome { return span }
    }
    return node.name.span
  }
}

/// A ladder with `max_budget`, kept until every gate's judges are known.
struct LadderBound: Sendable {
  let ladder: LadderID
  let tiers: [CheckedLadder.Tier]
  let node: LadderDeclaration
  let span: Span
}
