import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingRuntime

/// Numbers for texts, shared by the two policies that are compared: equal texts, equal numbers.
final class ContentNumbers {
  private var numbers: [ExactText: Int] = [:]

  func number(of text: String) -> Int {
    if let known = numbers[ExactText(text)] { return known }
    let next = numbers.count
    numbers[ExactText(text)] = next
    return next
  }
}

/// What the routes of one policy do, as short lists of numbers.
///
/// Routes with equal keys treat a request alike wherever the same guards hold, so the thousands of
/// routes two policies share are passed over without a word spelled out. Routes with other keys may
/// still do the same; their treatments tell.
final class RouteKeys {
  private let policy: CheckedPolicy
  private let catalog: CatalogContents
  private let numbers: ContentNumbers
  private let conditions: (CompressionID) throws(DiagramsTooLarge) -> Diagram
  private var models: [ModelID: Int] = [:]
  private var ladders: [LadderID: Int] = [:]
  private var compressions: [CompressionID: Int] = [:]
  private var requested: Int?

  init(
    _ policy: CheckedPolicy, _ catalog: CatalogContents, _ numbers: ContentNumbers,
    conditions: @escaping (CompressionID) throws(DiagramsTooLarge) -> Diagram
  ) {
    self.policy = policy
    self.catalog = catalog
    self.numbers = numbers
    self.conditions = conditions
  }

  func key(of route: CheckedRoute) throws(DiagramsTooLarge) -> [Int] {
    var key: [Int] = []
    for effect in route.effects { try add(effect, to: &key) }
    switch route.action {
    case .refuse(let message, _):
      key += [Mark.refuse.rawValue, numbers.number(of: message)]
    case .use(let use): add(use, to: &key)
    case .split(let split):
      // The route's name is hashed with the caller.
      key += [Mark.split.rawValue, numbers.number(of: route.name)]
      switch split.by {
      case .identity(let identity): key.append(numbers.number(of: identity.rawValue))
      case .request: key.append(-1)
      }
      for arm in split.arms {
        key += [Mark.arm.rawValue, Int(arm.share.millionths)]
        for shape in arm.shapes { add(shape, to: &key) }
        add(arm.use, to: &key)
      }
    }
    return key
  }

  /// What stands before each part, so that no list of numbers can be read in two ways.
  private enum Mark: Int {
    case refuse = -20
    case use, split, arm, fallback, model, ladder, requested, options
    case exact, similar, shape, compress, batch, stick, stop, shadow
  }

  private func add(_ use: CheckedUse, to key: inout [Int]) {
    key.append(Mark.use.rawValue)
    add(use.target, to: &key)
    for fallback in use.fallbacks {
      key.append(Mark.fallback.rawValue)
      var follows = 0
      for (bit, failure) in [
        CallFailure.unavailable, .limited, .tooLong, .filtered,
      ].enumerated() where fallback.follows.contains(failure) {
        follows |= 1 << bit
      }
      key.append(follows)
      add(fallback.target, to: &key)
    }
  }

  private func add(_ target: CheckedTarget, to key: inout [Int]) {
    switch target.kind {
    case .model(let id): key += [Mark.model.rawValue, number(of: id)]
    case .ladder(let id): key += [Mark.ladder.rawValue, number(of: id)]
    case .requested:
      let all = requested ?? numbers.number(of: catalog.all)
      requested = all
      key += [Mark.requested.rawValue, all]
    }
    if target.options != CallOptions() { add(target.options, to: &key) }
  }

  private func add(_ options: CallOptions, to key: inout [Int]) {
    key += [
      Mark.options.rawValue, Int(options.timeout?.count ?? -1),
      Int(options.firstToken?.count ?? -1), options.attempts ?? -1, Int(options.maxOutput ?? -1),
      Int(options.minOutput ?? -1), options.effort.map(numbers.number) ?? -1,
    ]
  }

  private func add(
    _ effect: CheckedRoute.Effect, to key: inout [Int]
  ) throws(DiagramsTooLarge) {
    switch effect {
    case .cache(let rule): add(rule, to: &key)
    case .shape(let rule): add(rule, to: &key)
    case .compress(let id, _):
      let holds = try conditions(id)
      key += [Mark.compress.rawValue, number(of: id), Int(holds.index)]
    case .batch(let size, let within, _): key += [Mark.batch.rawValue, size, Int(within.count)]
    case .stick(let time, _): key += [Mark.stick.rawValue, Int(time.count)]
    case .stop(let rule):
      let condition = AnswerWords(policy: policy).words(rule.condition)
      key += [Mark.stop.rawValue, Int(rule.after ?? -1), numbers.number(of: condition)]
    case .shadow(let share, let target):
      key += [Mark.shadow.rawValue, Int(share.millionths)]
      add(target, to: &key)
    }
  }

  private func add(_ rule: CacheRule, to key: inout [Int]) {
    switch rule.kind {
    case .exact: key.append(Mark.exact.rawValue)
    case .similar(let threshold, let encoder):
      key += [
        Mark.similar.rawValue, Int(threshold.millionths),
        numbers.number(of: catalog.content(encoder)),
      ]
    }
    key.append(Int(rule.lifetime.count))
    switch rule.scope {
    case .per(let identity): key.append(numbers.number(of: identity.rawValue))
    case .shared: key.append(-1)
    }
  }

  private func add(_ shape: ShapeRule, to key: inout [Int]) {
    key.append(Mark.shape.rawValue)
    switch shape.kind {
    case .set(let parameter): add(parameter, by: 0, to: &key)
    case .byDefault(let parameter): add(parameter, by: 3, to: &key)
    case .system(let edit, let text):
      key += [6, numbers.number(of: edit.rawValue), numbers.number(of: text)]
    }
  }

  private func add(_ parameter: ShapeRule.Parameter, by base: Int, to key: inout [Int]) {
    switch parameter {
    case .temperature(let value): key += [base, Int(value)]
    case .topP(let value): key += [base + 1, Int(value)]
    case .seed(let value): key += [base + 2, Int(value)]
    }
  }

  // MARK: What is declared once

  private func number(of id: ModelID) -> Int {
    if let known = models[id] { return known }
    let found = numbers.number(of: catalog.content(id))
    models[id] = found
    return found
  }

  private func number(of id: LadderID) -> Int {
    if let known = ladders[id] { return known }
    let ladder = policy[id]
    var parts: [String] = []
    for tier in ladder.tiers {
      var key: [Int] = []
      add(tier.options, to: &key)
      parts.append("tier \(number(of: tier.model)) \(key)")
      for pass in tier.accepts {
        let judges = GateNeeds(pass.gate, of: policy).models.map { self.number(of: $0) }
        let threshold = pass.threshold.map { "\($0.comparison.rawValue)\($0.score.millionths)" }
        parts.append("if \(gate(pass.gate)) \(threshold ?? "") \(judges)")
      }
    }
    // A bound that nothing fits refuses in the ladder's name.
    if let most = ladder.maxBudget { parts.append("\(most.nanos) \(ladder.name)") }
    parts.append("\(ladder.maxTime?.count ?? -1)")
    parts.append(
      "\(ladder.onExhausted.rawValue) \(ladder.climbsWhenFiltered) \(ladder.stopsWhenFailed)")
    let found = numbers.number(of: parts.joined(separator: "\n"))
    ladders[id] = found
    return found
  }

  private func gate(_ id: GateID) -> String { AnswerWords(policy: policy).gate(id) }

  private func number(of id: CompressionID) -> Int {
    if let known = compressions[id] { return known }
    let compression = policy[id]
    var parts = compression.targets.map(\.rawValue).sorted()
    switch compression.size {
    case .share(let share): parts.append("share \(share.millionths)")
    case .tokens(let tokens): parts.append("tokens \(tokens)")
    case nil: parts.append("no size")
    }
    switch compression.method {
    case .extractive: parts.append("extractive")
    case .lossless: parts.append("lossless")
    case .model(let id): parts.append("model \(number(of: id))")
    }
    let found = numbers.number(of: parts.joined(separator: "\n"))
    compressions[id] = found
    return found
  }
}
