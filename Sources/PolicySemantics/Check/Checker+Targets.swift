import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// What a route asks: a model, a ladder or the model the caller named, and what follows a failure.
extension Checker {
  mutating func checkTarget(_ target: Target) -> CheckedTarget? {
    let name = target.name
    if name.text == "requested" {
      calls.append(PaidCall(callee: .requested, span: name.span))
      return checkOptions(target.options).map {
        CheckedTarget(kind: .requested, options: $0, span: target.span)
      }
    }
    if let symbol = scope[name.text], symbol.kind == .ladder {
      scope.use(symbol)
      guard let option = target.options.first else {
        return CheckedTarget(
          kind: .ladder(LadderID(symbol.index)), options: CallOptions(), span: target.span)
      }
      let cure = FixIt("leave it out", edits: [Edit(option.span, "")])
      add(
        RouteProblem.optionOnLadder(
          option.kind.rawValue, ladder: name.text, cure: cure),
        at: option.span)
      return nil
    }
    let options = checkOptions(target.options)
    guard let model = scope.model(name.text) else {
      reportUnknownTarget(name)
      return nil
    }
    calls.append(PaidCall(callee: .model(model), span: name.span))
    return options.map { CheckedTarget(kind: .model(model), options: $0, span: target.span) }
  }

  private mutating func reportUnknownTarget(_ name: Name) {
    if let symbol = scope[name.text] {
      scope.use(symbol)
      add(
        NameProblem.wrongKind(name.text, is: symbol.kind, wanted: "a model or a ladder"),
        at: name.span)
    } else if vocabulary == nil {
      return
    } else if scope.embedder(name.text) != nil {
      add(
        NameProblem.wrongKind(name.text, is: .embedder, wanted: "a model or a ladder"),
        at: name.span)
    } else {
      let near = nearName(name.text) {
        $0.scope.names(of: [.ladder]) + $0.scope.modelNames + ["requested"]
      }
      unknown(.target, name, near: near)
    }
  }

  mutating func checkUse(_ use: Use) -> CheckedUse? {
    let target = checkTarget(use.target)
    var fallbacks: [CheckedUse.Fallback] = []
    var isSound = true
    for fallback in use.fallbacks {
      let follows = checkFailures(fallback.on)
      let next = checkTarget(fallback.target)
      guard let follows, let next else {
        isSound = false
        continue
      }
      fallbacks.append(
        CheckedUse.Fallback(follows: follows, target: next, span: fallback.span))
    }
    guard isSound, let target else { return nil }
    let checked = CheckedUse(target: target, fallbacks: fallbacks, span: use.span)
    reportRepeatedTargets(checked)
    return isCovered(checked) ? checked : nil
  }

  /// A bare `fallback` follows all failures but `filtered`.
  private mutating func checkFailures(_ names: [Name]?) -> Set<CallFailure>? {
    guard let names else { return [.unavailable, .limited, .tooLong] }
    var failures: Set<CallFailure> = []
    var places: [CallFailure: Span] = [:]
    var isSound = true
    for name in names {
      guard let failure = choose(name, for: "on", among: CallFailure.self) else {
        isSound = false
        continue
      }
      if let first = places[failure] {
        add(ValueProblem.repeatedValue(name.text, first: first), at: name.span)
      }
      places[failure] = places[failure] ?? name.span
      failures.insert(failure)
    }
    return isSound ? failures : nil
  }

  private mutating func reportRepeatedTargets(_ use: CheckedUse) {
    guard !use.fallbacks.isEmpty else { return }
    struct Asked: Hashable {
      let kind: CheckedTarget.Kind
      let options: CallOptions
    }
    // Two that follow different failures are one with a list.
    let chosen = Asked(kind: use.target.kind, options: use.target.options)
    var places: [Asked: [(follows: Set<CallFailure>, span: Span)]] = [:]
    for fallback in use.fallbacks {
      let target = fallback.target
      let asked = Asked(kind: target.kind, options: target.options)
      let again = places[asked, default: []].first {
        !$0.follows.isDisjoint(with: fallback.follows)
      }
      if let first = again?.span ?? (asked == chosen ? use.target.span : nil) {
        add(RouteProblem.repeatedTarget(written(target.span), first: first), at: target.span)
      }
      places[asked, default: []].append((fallback.follows, target.span))
    }
  }

  /// Whether a caller who names no model of the catalog is answered all the same.
  private mutating func isCovered(_ use: CheckedUse) -> Bool {
    guard use.target.kind == .requested,
      !use.fallbacks.contains(where: {
        $0.follows.contains(.unavailable) && $0.target.kind != .requested
      })
    else { return true }
    add(RouteProblem.requestedWithoutFallback, at: use.target.span)
    return false
  }
}
