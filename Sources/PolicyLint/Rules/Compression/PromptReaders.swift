import PolicySemantics

/// What sends a request's context to models that bill it, on one way through a route.
struct PromptReaders {
  /// A model that is sent the whole context, and how often at most.
  struct Reader {
    let model: ModelEntry
    let attempts: Int64
    /// The share of requests that come this far if no call fails, in millionths; nil if nobody has
    /// measured it, or if only a failure leads here.
    let reach: Int64?
  }

  private(set) var all: [Reader] = []
  /// Whether a caller may name the model.
  private(set) var isOpen = false

  /// The readers of each arm of a route; one arm where it does not split.
  static func arms(of route: CheckedRoute, in policy: CheckedPolicy) -> [PromptReaders] {
    let uses: [CheckedUse] =
      switch route.action {
      case .use(let use): [use]
      case .split(let split): split.arms.map(\.use)
      case .refuse: []
      }
    return uses.map { PromptReaders($0, shadows: route.effects, policy) }
  }

  private init(_ use: CheckedUse, shadows: [CheckedRoute.Effect], _ policy: CheckedPolicy) {
    add(use.target, isMain: true, policy)
    for fallback in use.fallbacks { add(fallback.target, isMain: false, policy) }
    for case .shadow(_, let target) in shadows { add(target, isMain: false, policy) }
  }

  private mutating func add(_ target: CheckedTarget, isMain: Bool, _ policy: CheckedPolicy) {
    switch target.kind {
    case .requested: isOpen = true
    case .model(let model):
      add(policy[model], target.options.attempts, reach: isMain ? 1_000_000 : nil)
    case .ladder(let id):
      var reach: Int64? = isMain ? 1_000_000 : nil
      for tier in policy[id].tiers {
        let model = policy[tier.model]
        add(model, tier.options.attempts ?? target.options.attempts, reach: reach)
        for pass in tier.accepts { addSecondOpinions(of: pass.gate, policy) }
        if tier.accepts.isEmpty {
          reach = nil
        } else {
          reach = reach.flatMap { reach in
            model.acceptance.map { reach * (1_000_000 - $0.share.millionths) / 1_000_000 }
          }
        }
      }
    }
  }

  /// Models a gate asks for an answer of their own, which takes the whole prompt.
  private mutating func addSecondOpinions(of gate: GateID, _ policy: CheckedPolicy) {
    guard AnswerModels.asksForAnswers(gate, in: policy) else { return }
    // How often is the gate's own affair: then nothing is known for certain.
    isOpen = true
  }

  private mutating func add(_ model: ModelEntry, _ attempts: Int?, reach: Int64?) {
    all.append(Reader(model: model, attempts: Int64(max(1, attempts ?? 1)), reach: reach))
  }
}

/// Whether a gate asks a model for an answer of its own.
private enum AnswerModels {
  static func asksForAnswers(_ gate: GateID, in policy: CheckedPolicy) -> Bool {
    var seen: Set<GateID> = []
    var left = [gate]
    while let gate = left.popLast() {
      guard seen.insert(gate).inserted else { continue }
      switch policy[gate].body {
      case .decides(let condition): if asks(condition, &left) { return true }
      case .scores(let score): if asks(score, &left) { return true }
      }
    }
    return false
  }

  private static func asks(_ condition: AnswerCondition, _ left: inout [GateID]) -> Bool {
    switch condition {
    case .all(let parts, _), .any(let parts, _): parts.contains { asks($0, &left) }
    case .not(let part, _): asks(part, &left)
    case .scored(let score, _, _, _): asks(score, &left)
    case .gate(let gate, _):
      {
        left.append(gate)
        return false
      }()
    case .test: false
    }
  }

  private static func asks(_ score: AnswerScore, _ left: inout [GateID]) -> Bool {
    switch score {
    case .agrees: return true
    case .judge, .similar, .logprob, .http: return false
    case .mix(let parts): return parts.contains { asks($0.score, &left) }
    case .gate(let gate):
      left.append(gate)
      return false
    }
  }
}
