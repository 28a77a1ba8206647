import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// Spells out what one route does for requests for which a set of guards and compressions apply.
struct TreatmentBuilder {
  let policy: CheckedPolicy
  let catalog: CatalogContents
  let words: AnswerWords
  /// The guards that hold, in declared order.
  let guards: [GuardID]
  /// The route's compressions whose `when` holds.
  let compressions: Set<CompressionID>
  var treatment = Treatment()
  var places: Set<String> = []
  /// The guard that took the last deployment of a model, of the first that lost all.
  private var emptiedBy: GuardID?
  /// Of the arm at hand: the guards that keep its models out and the ladders with a bound.
  var mayRefuse: [String] = []

  init(
    _ policy: CheckedPolicy, _ catalog: CatalogContents, guards: [GuardID],
    compressions: Set<CompressionID>
  ) {
    self.policy = policy
    self.catalog = catalog
    self.guards = guards
    self.compressions = compressions
    words = AnswerWords(policy: policy)
  }

  /// O(what the route calls × guards).
  static func treatment(
    of route: RouteID, in policy: CheckedPolicy, _ catalog: CatalogContents, guards: [GuardID],
    compressions: Set<CompressionID>
  ) -> Treatment {
    var builder = TreatmentBuilder(policy, catalog, guards: guards, compressions: compressions)
    builder.build(policy[route])
    return builder.treatment
  }

  private mutating func build(_ route: CheckedRoute) {
    if let (id, message) = guardRefusal() { return refuse(message, by: .guarding, policy[id].name) }
    let arms: [TreatmentArm]
    switch route.action {
    case .refuse(let message, _):
      return refuse(message.asPolicyText, by: .route, route.name)
    case .use(let use):
      arms = [TreatmentArm(share: .whole, shapes: [], use: use)]
    case .split(let split):
      arms = split.arms.map {
        TreatmentArm(share: $0.share, shapes: $0.shapes, use: $0.use)
      }
      addSplit(split, of: route)
    }
    var calls: [ArmCalls] = []
    for arm in arms {
      calls.append(self.calls(arm.use))
      treatment.mayRefuse.append(mayRefuse)
      mayRefuse = []
    }
    if calls.allSatisfy(\.isEmpty) {
      return refuse("no model is left", by: .guarding, emptiedBy.map { policy[$0].name })
    }
    add(.first, arms, calls.map { $0.first ?? AspectText("none") })
    add(.ladder, arms, calls.map(\.selected))
    add(.gates, arms, calls.map(\.gates))
    add(.fallback, arms, calls.map(\.fallbacks))
    addEffects(of: route, arms)
    for line in guardLines {
      if case .dropTools = line { treatment.aspects[.tools] = AspectText("taken out") }
    }
    treatment.aspects[.place] = AspectText(places.sorted().joined(separator: ", "))
  }

  private mutating func refuse(_ message: String, by kind: Treatment.Refuser.Kind, _ name: String?)
  {
    treatment = Treatment()
    treatment.refuser = name.map { Treatment.Refuser(kind: kind, name: $0) }
    treatment.aspects[.refusal] = AspectText(
      message, shown: treatment.refuser?.words(message) ?? message)
  }

  /// The aspect of every arm: once if they agree, else each with its share.
  mutating func add(_ aspect: Aspect, _ arms: [TreatmentArm], _ texts: [AspectText]) {
    guard texts.contains(where: { !$0.content.isEmpty }) else { return }
    let content = Self.joined(arms, texts.map(\.content))
    treatment.aspects[aspect] = AspectText(content, shown: Self.joined(arms, texts.map(\.shown)))
  }

  private static func joined(_ arms: [TreatmentArm], _ texts: [String]) -> String {
    guard Set(texts).count > 1 else { return texts.first ?? "" }
    return zip(arms, texts).map { "\(Amounts.text($0.share)) \($1.isEmpty ? "none" : $1)" }
      .joined(separator: "; ")
  }

  private mutating func addSplit(_ split: CheckedSplit, of route: CheckedRoute) {
    let key =
      switch split.by {
      case .identity(let identity): identity.rawValue
      case .request: "request"
      }
    let shares = split.arms.map { Amounts.text($0.share) }.joined(separator: " / ")
    // The route's name is hashed too: under another name callers get other arms.
    treatment.aspects[.split] = AspectText(
      "by \(key) \(shares), hashed as `\(route.name)`", shown: "by \(key) \(shares)")
  }

  // MARK: Guards

  private var guardLines: [CheckedGuard.Line] { guards.flatMap { policy[$0].lines } }

  private func guardRefusal() -> (GuardID, message: String)? {
    for id in guards {
      for line in policy[id].lines {
        guard case .refuse(let message, _) = line else { continue }
        return (id, message.asPolicyText)
      }
    }
    return nil
  }

  /// The deployments every guard keeps.
  mutating func kept(_ id: ModelID) -> [Deployment] {
    let model = policy[id]
    let kept = kept(model.deployments) { $0.keep(model) }
    emptiedBy = emptiedBy ?? kept.last
    return kept.deployments
  }

  func kept(_ id: EmbedderID) -> [Deployment] {
    kept(policy[id].deployments) { $0.keep(policy[id]) }.deployments
  }

  /// With the guard that took the last of them.
  private func kept(
    _ all: [Deployment], _ keep: (ModelCondition) -> Keep
  ) -> (deployments: [Deployment], last: GuardID?) {
    var kept = Array(all.indices)
    for id in guards {
      for line in policy[id].lines {
        guard case .onlyModels(let condition, _) = line else { continue }
        switch keep(condition) {
        case .all: continue
        case .none: return ([], id)
        case .some(let some):
          kept.removeAll { !some.contains($0) }
          if kept.isEmpty { return ([], id) }
        }
      }
    }
    return (kept.map { all[$0] }, nil)
  }

  /// Notes a model whose answer may be the caller's; false if a guard keeps it out.
  mutating func reachForAnswer(_ id: ModelID) -> Bool {
    if reach(id) { return true }
    let model = policy[id]
    if let last = kept(model.deployments, { $0.keep(model) }).last {
      mayRefuse.append(policy[last].name)
    }
    return false
  }

  /// Notes a model that may be called; false if a guard keeps it out.
  mutating func reach(_ id: ModelID) -> Bool {
    let deployments = kept(id)
    guard !deployments.isEmpty else { return false }
    let entry = policy[id]
    places.formUnion(deployments.map(CatalogContents.place))
    if treatment.prices[entry.name] == nil {
      treatment.prices[entry.name] = catalog.prices(entry)
      treatment.models[entry.name] = catalog.abilities(entry)
    }
    return true
  }
}

/// One way through a route: an arm of its split, or all of it.
struct TreatmentArm {
  let share: Share
  let shapes: [ShapeRule]
  let use: CheckedUse
}
