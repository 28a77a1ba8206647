package import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Writes one arm's skeleton down.
struct ArmFreezer {
  let policy: CheckedPolicy
  private var effects: [PlannedEffect] = []
  private var conditional: [Int] = []
  private var legs: [Plan.Leg] = []
  private var bounds: [MoneyBound?] = []
  private var calls: [CallSkeleton] = []
  private var dropToolsAt = 0
  /// Whether the first call may be asked together with other requests.
  private var batchesFirst = false

  static func freeze(
    _ route: CheckedRoute, _ use: CheckedUse, shapes: [ShapeRule], in policy: CheckedPolicy
  ) -> ArmSkeleton {
    var freezer = ArmFreezer(policy: policy)
    let shapes = route.effects.compactMap(\.shape) + shapes
    freezer.addEffects(route, use, shapes)
    freezer.batchesFirst = route.effects.contains { effect in
      if case .batch = effect { true } else { false }
    }
    freezer.addCallsBefore(route)
    freezer.addLegs(use)
    freezer.addShadows(route)
    return ArmSkeleton(
      effects: freezer.effects, conditional: freezer.conditional, legs: freezer.legs,
      calls: freezer.calls, bounds: freezer.bounds,
      systemLength: SystemLength(shapes), dropToolsAt: freezer.dropToolsAt)
  }

  private init(policy: CheckedPolicy) { self.policy = policy }
}

// MARK: Effects, in the order they would run

extension ArmFreezer {
  private mutating func addEffects(
    _ route: CheckedRoute, _ use: CheckedUse, _ shapes: [ShapeRule]
  ) {
    for effect in route.effects {
      if case .cache(let rule) = effect, rule.kind == .exact { add(cache: rule) }
    }
    add(.reserve, use.span)
    for effect in route.effects {
      if case .cache(let rule) = effect, rule.kind != .exact { add(cache: rule) }
    }
    for effect in route.effects {
      guard case .compress(let id, let span) = effect else { continue }
      if policy[id].condition != nil { conditional.append(effects.count) }
      add(.compress(id), span)
    }
    for shape in shapes { add(.shape(shape), shape.span) }
    dropToolsAt = effects.count
    add(.calls, use.span)
    for effect in route.effects { addAfterCalls(effect) }
  }

  private mutating func addAfterCalls(_ effect: CheckedRoute.Effect) {
    switch effect {
    case .cache, .shape, .compress: break
    case .stop(let rule): add(.stop(rule), rule.span)
    case .batch(let size, let within, let span):
      add(.batch(size: size, within: within), span)
    case .shadow(let share, let target):
      add(.shadow(share, target), target.span)
    case .stick(let time, let span):
      conditional.append(effects.count)
      add(.stick(time), span)
    }
  }

  private mutating func add(cache rule: CacheRule) {
    switch rule.scope {
    case .shared, .per(.tenant), .per(.key): break
    case .per(.user), .per(.conversation): conditional.append(effects.count)
    }
    switch rule.kind {
    case .exact: add(.exactCache(rule), rule.span)
    case .similar: add(.similarCache(rule), rule.span)
    }
  }

  private mutating func add(_ kind: PlannedEffect.Kind, _ span: Span) {
    effects.append(PlannedEffect(kind: kind, span: span, state: .applies))
  }
}

// MARK: Calls

extension ArmFreezer {
  private mutating func addCallsBefore(_ route: CheckedRoute) {
    for effect in route.effects {
      if case .cache(let rule) = effect, case .similar(_, let encoder) = rule.kind {
        add(.embedder, leg: nil, .embedder(encoder), CallOptions(), rule.span)
      }
    }
    for effect in route.effects {
      guard case .compress(let id, let span) = effect else { continue }
      if case .model(let model) = policy[id].method {
        add(
          .compressor(id), leg: nil, .model(model), CallOptions(), span,
          promptBytes: PromptBytes.compressor)
      }
    }
  }

  private mutating func addLegs(_ use: CheckedUse) {
    addLeg(use.target, follows: [], use.target.span)
    for fallback in use.fallbacks {
      addLeg(fallback.target, follows: fallback.follows, fallback.span)
    }
  }

  private mutating func addLeg(
    _ target: CheckedTarget, follows: Set<CallFailure>, _ span: Span
  ) {
    let leg = legs.count
    switch target.kind {
    case .model(let model):
      legs.append(Plan.Leg(follows: follows, ladder: nil, span: span))
      bounds.append(nil)
      add(.direct, leg: leg, .model(model), target.options, target.span)
    case .requested:
      legs.append(Plan.Leg(follows: follows, ladder: nil, span: span))
      bounds.append(nil)
      add(.direct, leg: leg, .requested, target.options, target.span)
    case .ladder(let id):
      let ladder = policy[id]
      legs.append(Plan.Leg(follows: follows, ladder: id, span: span))
      bounds.append(ladder.maxBudget.map { .ladder(id, $0) })
      for (index, tier) in ladder.tiers.enumerated() {
        let options = tier.options.filled(from: target.options)
        add(
          .tier(id, index), leg: leg, .model(tier.model), options, tier.span,
          accepts: tier.accepts)
      }
    }
  }

  private mutating func addShadows(_ route: CheckedRoute) {
    for effect in route.effects {
      guard case .shadow(let share, let target) = effect else { continue }
      switch target.kind {
      case .model(let model):
        add(.shadow(share), leg: nil, .model(model), target.options, target.span)
      case .requested:
        add(.shadow(share), leg: nil, .requested, target.options, target.span)
      case .ladder(let id):
        for tier in policy[id].tiers {
          let options = tier.options.filled(from: target.options)
          add(.shadow(share), leg: nil, .model(tier.model), options, target.span)
        }
      }
    }
  }

  private mutating func add(
    _ role: CallRole, leg: Int?, _ target: CallTarget, _ options: CallOptions, _ span: Span,
    accepts: [CheckedLadder.Pass] = [], promptBytes: Int64? = nil
  ) {
    let needs = accepts.map { GateNeeds($0.gate, of: policy) }
    let step = PlanStep(
      role: role, leg: leg, target: target, options: options, accepts: accepts,
      delivery: delivery(accepts), span: span,
      wantsLogprobs: needs.contains(where: \.readsLogprobs),
      isBatched: batchesFirst && leg == 0 && !calls.contains { $0.step.leg == 0 })
    let (cap, limit) = ownCap(target, options)
    let at = calls.count
    var judges: [CallSkeleton] = []
    for (pass, needs) in zip(accepts, needs) {
      guard case .tier(let ladder, let tier) = role else { continue }
      for ask in needs.asks {
        guard let target = ask.target else { continue }
        let judge = PlanStep(
          role: .judge(pass.gate, ladder, tier: tier), leg: leg, target: target,
          options: CallOptions(), accepts: [], span: pass.span)
        let (cap, limit) = judgeCap(ask.score, target)
        judges.append(
          CallSkeleton(
            step: judge, cap: cap, limit: limit, promptBytes: ask.promptBytes, judges: 0..<0))
      }
    }
    let range = (at + 1)..<(at + 1 + judges.count)
    calls.append(
      CallSkeleton(
        step: step, cap: cap, limit: limit, promptBytes: promptBytes, judges: range))
    calls += judges
  }

  private func delivery(_ accepts: [CheckedLadder.Pass]) -> StreamDelivery {
    if accepts.isEmpty { return .passesThrough }
    let isCertain = accepts.allSatisfy {
      $0.threshold == nil && EarlyReach($0.gate, of: policy).canHold
    }
    return isCertain ? .heldUntilCertain : .held
  }

  /// A judge gives a number; a second opinion is an answer as long as any.
  private func judgeCap(
    _ score: AnswerScore, _ target: CallTarget
  ) -> (Int64?, OutputCap.Limit) {
    if case .agrees = score { return ownCap(target, CallOptions()) }
    return (PromptBytes.judgeOutput, .role)
  }

  private func ownCap(
    _ target: CallTarget, _ options: CallOptions
  ) -> (Int64?, OutputCap.Limit) {
    guard case .model(let model) = target, let most = policy[model].maxOutput else {
      return (options.maxOutput, options.maxOutput == nil ? .nothing : .option)
    }
    guard let option = options.maxOutput, option <= most else { return (most, .model) }
    return (option, .option)
  }
}

extension ArmSkeleton {
  /// The one call of a model or embedder that answers a classifier; nil if it asks neither.
  package static func asking(
    _ id: ClassifierID, _ classifier: CheckedClassifier, in policy: CheckedPolicy
  ) -> ArmSkeleton? {
    let target: CallTarget
    var bytes: Int64 = 0
    switch classifier.method {
    case .ask(let model, let question):
      target = .model(model)
      bytes = Int64(question.utf8.count) + PromptBytes.judge
      for label in classifier.labels { bytes += Int64(label.utf8.count) + 2 }
    case .nearest:
      guard let embedder = policy.examplesEmbedder else { return nil }
      target = .embedder(embedder)
    case .http: return nil
    }
    var options = CallOptions()
    options.timeout = classifier.timeout
    let step = PlanStep(
      role: .classifier(id), leg: nil, target: target, options: options, accepts: [],
      span: classifier.span)
    let call = CallSkeleton(
      step: step, cap: PromptBytes.judgeOutput, limit: .role, promptBytes: bytes, judges: 0..<0)
    return ArmSkeleton(
      effects: [], conditional: [], legs: [], calls: [call], bounds: [],
      systemLength: SystemLength([]), dropToolsAt: 0)
  }
}

/// Lengths of the texts Rung itself adds to a call, and limits on what it asks for.
package enum PromptBytes {
  /// Around a judge's question: what is asked, what was answered, how to reply.
  package static let judge: Int64 = 512
  /// A judge gives a number, perhaps after a thought.
  package static let judgeOutput: Int64 = 256
  /// A judge reads at most this much of an answer.
  package static let judgedAnswer: Int64 = 8_192
  /// The order to keep every fact and name.
  package static let compressor: Int64 = 512
}

extension CallOptions {
  /// What is not said here is taken from `outer`: a ladder's tiers know best.
  package func filled(from outer: CallOptions) -> CallOptions {
    var options = self
    options.timeout = timeout ?? outer.timeout
    options.firstToken = firstToken ?? outer.firstToken
    options.attempts = attempts ?? outer.attempts
    options.maxOutput = maxOutput ?? outer.maxOutput
    options.minOutput = minOutput ?? outer.minOutput
    options.effort = effort ?? outer.effort
    return options
  }
}

extension CheckedRoute.Effect {
  fileprivate var shape: ShapeRule? {
    switch self {
    case .shape(let rule): rule
    case .cache, .compress, .batch, .stick, .stop, .shadow: nil
    }
  }
}
