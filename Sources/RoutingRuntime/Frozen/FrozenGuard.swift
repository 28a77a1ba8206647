package import PolicySemantics
package import PolicySource

/// A guard with its conditions over models worked out for the whole catalog.
package struct FrozenGuard: Sendable {
  package let id: GuardID
  package let only: [OnlyLine]
  package let dropsTools: Span?
  package let refusal: (message: String, span: Span)?

  /// `only models where …`.
  package struct OnlyLine: Sendable {
    package let span: Span
    package let models: [Keep]
    package let embedders: [Keep]
  }

  init(_ id: GuardID, _ declared: CheckedGuard, _ vocabulary: Vocabulary) {
    self.id = id
    var only: [OnlyLine] = []
    var dropsTools: Span?
    var refusal: (String, Span)?
    for line in declared.lines {
      switch line {
      case .onlyModels(let condition, let span):
        only.append(
          OnlyLine(
            span: span, models: vocabulary.models.map { condition.keep($0) },
            embedders: vocabulary.embedders.map { condition.keep($0) }))
      case .dropTools(let span): dropsTools = dropsTools ?? span
      case .refuse(let message, let span): refusal = refusal ?? (message, span)
      }
    }
    self.only = only
    self.dropsTools = dropsTools
    self.refusal = refusal
  }
}

/// The guards that hold for one request.
package struct ActiveGuards: Sendable {
  package private(set) var dropsTools: (GuardID, Span)?
  package private(set) var refusal: (GuardID, message: String, Span)?
  private var lines: [(GuardID, FrozenGuard.OnlyLine)] = []

  package init() {}

  package mutating func add(_ active: FrozenGuard) {
    for line in active.only { lines.append((active.id, line)) }
    if dropsTools == nil, let span = active.dropsTools { dropsTools = (active.id, span) }
    if refusal == nil, let (message, span) = active.refusal {
      refusal = (active.id, message, span)
    }
  }

  package var keepsAll: Bool { lines.isEmpty }

  /// The deployments every guard keeps, or the guard that took the last.
  func deployments(of model: FrozenModel) -> Result<[Int], KeptOut> {
    deployments(model.deployments) { $0.models[model.id.index] }
  }

  func deployments(of embedder: EmbedderID, all: [Int]) -> Result<[Int], KeptOut> {
    deployments(all) { $0.embedders[embedder.index] }
  }

  private func deployments(
    _ all: [Int], _ keep: (FrozenGuard.OnlyLine) -> Keep
  ) -> Result<[Int], KeptOut> {
    var kept = all
    for (id, line) in lines {
      switch keep(line) {
      case .all: continue
      case .none: return .failure(KeptOut(guardID: id, span: line.span))
      case .some(let some):
        kept.removeAll { !some.contains($0) }
        if kept.isEmpty { return .failure(KeptOut(guardID: id, span: line.span)) }
      }
    }
    return .success(kept)
  }
}

struct KeptOut: Error {
  let guardID: GuardID
  let span: Span

  var reason: DropReason { .keptOut(guardID, span) }
}
