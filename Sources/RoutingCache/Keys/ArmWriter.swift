import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingCatalog

/// Writes down what one arm of a route does, one tag before each part.
struct ArmWriter {
  let policy: CheckedPolicy
  let catalog: Catalog
  var bytes = FramedBytes(reserving: 1024)

  private enum Tag: UInt8 {
    case exact = 1
    case similar, shape, compress, batch, stop, model, ladder, requested, fallback, tier, pass, end
  }

  init(policy: CheckedPolicy, catalog: Catalog) {
    self.policy = policy
    self.catalog = catalog
  }

  mutating func add(
    _ route: CheckedRoute, arm: String, shapes: [ShapeRule], _ use: CheckedUse
  ) {
    bytes.add("rung arm 1")
    bytes.add(route.name)
    bytes.add(arm)
    bytes.add(policy.vocabulary.currency)
    for effect in route.effects { add(effect) }
    for shape in shapes { add(shape) }
    add(use.target)
    for fallback in use.fallbacks {
      mark(.fallback)
      for failure in CallFailure.allCases { bytes.add(fallback.follows.contains(failure)) }
      add(fallback.target)
    }
    mark(.end)
    addGuards()
  }

  /// Guards as they are written, with every condition they may name: what they keep from a text is
  /// kept from a cached answer too, so one that has changed makes all answers others.
  private mutating func addGuards() {
    bytes.add(count: policy.guards.count)
    guard !policy.guards.isEmpty else { return }
    let spans =
      policy.guards.map(\.span) + policy.conditions.map(\.span) + policy.points.map(\.span)
    bytes.add(count: spans.count)
    for span in spans { bytes.add(policy.sources.text(of: span)) }
  }

  private mutating func mark(_ tag: Tag) { bytes.add(tag: tag.rawValue) }

  // MARK: Lines of the route

  private mutating func add(_ effect: CheckedRoute.Effect) {
    switch effect {
    case .cache(let rule): add(rule)
    case .shape(let rule): add(rule)
    case .compress(let id, _): add(id)
    case .batch(let size, let within, _):
      mark(.batch)
      bytes.add(Int64(size))
      bytes.add(within.count)
    case .stop(let rule):
      mark(.stop)
      bytes.add(rule.after)
      add(rule.condition)
    case .stick, .shadow: break
    }
  }

  private mutating func add(_ rule: CacheRule) {
    switch rule.kind {
    case .exact: mark(.exact)
    case .similar(let threshold, let encoder):
      mark(.similar)
      bytes.add(threshold.millionths)
      bytes.add(policy[encoder].name)
    }
    bytes.add(rule.lifetime.count)
    switch rule.scope {
    case .per(let identity): bytes.add(identity.rawValue)
    case .shared: bytes.add("shared")
    }
  }

  private mutating func add(_ rule: ShapeRule) {
    mark(.shape)
    switch rule.kind {
    case .set(let parameter):
      bytes.add(tag: 0)
      add(parameter)
    case .byDefault(let parameter):
      bytes.add(tag: 1)
      add(parameter)
    case .system(let edit, let text):
      bytes.add(tag: 2)
      bytes.add(edit.rawValue)
      bytes.add(text)
    }
  }

  private mutating func add(_ parameter: ShapeRule.Parameter) {
    switch parameter {
    case .temperature(let value):
      bytes.add(tag: 0)
      bytes.add(value)
    case .topP(let value):
      bytes.add(tag: 1)
      bytes.add(value)
    case .seed(let value):
      bytes.add(tag: 2)
      bytes.add(value)
    }
  }

  private mutating func add(_ id: CompressionID) {
    let compression = policy[id]
    mark(.compress)
    bytes.add(compression.name)
    bytes.add(count: compression.targets.count)
    for target in compression.targets { bytes.add(target.rawValue) }
    switch compression.size {
    case .share(let share):
      bytes.add(tag: 0)
      bytes.add(share.millionths)
    case .tokens(let tokens):
      bytes.add(tag: 1)
      bytes.add(tokens)
    case nil: bytes.add(tag: 2)
    }
    switch compression.method {
    case .model(let model):
      bytes.add(tag: 0)
      add(model)
    case .extractive: bytes.add(tag: 1)
    case .lossless: bytes.add(tag: 2)
    }
  }

  // MARK: Calls

  private mutating func add(_ target: CheckedTarget) {
    switch target.kind {
    case .model(let id): add(id)
    case .ladder(let id): add(id)
    case .requested:
      // The request's own model is in the key; what it leads to is the catalog's.
      mark(.requested)
      bytes.add(count: policy.vocabulary.models.count)
      for index in policy.vocabulary.models.indices { add(ModelID(index)) }
    }
    add(target.options)
  }

  private mutating func add(_ options: CallOptions) {
    bytes.add(options.timeout?.count)
    bytes.add(options.firstToken?.count)
    bytes.add(options.attempts.map { Int64($0) })
    bytes.add(options.maxOutput)
    bytes.add(options.minOutput)
    bytes.add(options.effort)
  }

  mutating func add(_ id: ModelID) {
    mark(.model)
    let model = policy[id]
    bytes.add(model.name)
    bytes.add(model.window)
    bytes.add(model.maxOutput)
    guard catalog.models.indices.contains(id.index) else { return bytes.add(count: 0) }
    let deployments = catalog.models[id.index].deployments
    bytes.add(count: deployments.count)
    for deployment in deployments {
      bytes.add(deployment.provider)
      bytes.add(catalog.provider(named: deployment.provider)?.baseURL)
      bytes.add(deployment.region)
      bytes.add(deployment.upstream)
    }
  }

  private mutating func add(_ id: LadderID) {
    mark(.ladder)
    let ladder = policy[id]
    bytes.add(ladder.maxBudget?.nanos)
    bytes.add(ladder.maxTime?.count)
    bytes.add(ladder.onExhausted.rawValue)
    bytes.add(ladder.climbsWhenFiltered)
    bytes.add(ladder.stopsWhenFailed)
    bytes.add(count: ladder.tiers.count)
    for tier in ladder.tiers {
      mark(.tier)
      add(tier.model)
      add(tier.options)
      bytes.add(count: tier.accepts.count)
      for pass in tier.accepts {
        mark(.pass)
        add(pass.gate)
        bytes.add(pass.threshold?.comparison.rawValue)
        bytes.add(pass.threshold?.score.millionths)
      }
    }
  }
}
