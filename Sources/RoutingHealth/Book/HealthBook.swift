package import PolicyUnits
package import RoutingCatalog

/// What is known of every deployment, as one value: who is called next, and what came of it.
///
/// Times are milliseconds from any fixed instant; the same questions at the same times get the same
/// answers. O(deployments of the model) for each call.
package struct HealthBook: Sendable {
  /// Beside what the catalog says of each model.
  package struct Rules: Hashable, Sendable {
    package var circuit = Circuit.Rules.standard
    package var repeats = RetryBudget.Rules.standard

    package init() {}
  }

  let rules: Rules
  var deployments: [DeploymentName: DeploymentHealth] = [:]
  var models: [String: ModelHealth] = [:]
  /// Not handed out yet.
  private var changes: [HealthChange] = []

  package init(_ rules: Rules = Rules()) { self.rules = rules }

  /// Chooses a deployment and counts the call, which then has to leave, or to end as not sent.
  package mutating func choose(_ wish: CallWish, at now: Milliseconds) -> CallChoice {
    if wish.isRepeat, !allowsRepeat(of: wish.model, at: now) {
      models[wish.model.name, default: ModelHealth(rules)].refuse(.repeats)
      return .none(NoCall(reason: .repeats, wait: nil, deployment: nil))
    }
    let offers = offers(wish, at: now)
    guard let index = pick(offers, wish) else {
      let none = offers.refusal(of: wish, at: now)
      models[wish.model.name, default: ModelHealth(rules)].refuse(none.reason)
      return .none(none)
    }
    return .call(index, begin(index, wish, at: now))
  }

  /// Hears how a call ended; `tokens` are those it is counted at against `tpm`.
  package mutating func ended(
    _ ticket: CallTicket, _ end: CallEnd, tokens: CountedTokens, of model: CatalogModel,
    at now: Milliseconds
  ) {
    let rules = rules(of: model)
    change(ticket.deployment, at: now) { $0.ended(ticket, end, tokens, rules, at: now) }
  }

  /// What a repeat of a call that has just failed would meet.
  package mutating func outlook(_ wish: CallWish, at now: Milliseconds) -> RepeatOutlook {
    guard allowsRepeat(of: wish.model, at: now) else { return .none(.repeats) }
    let offers = offers(wish, at: now)
    if offers.ready.contains(where: { !offers.isTried($0, wish) }) { return .elsewhere }
    if !offers.ready.isEmpty || !offers.probes.isEmpty { return .again(after: Milliseconds(0)) }
    let refusal = offers.refusal(of: wish, at: now)
    return refusal.wait.map { .again(after: $0) } ?? .none(refusal.reason)
  }

  /// Whether a call of the model would leave now, as far as circuits go: a probe that is due counts,
  /// or a policy that asks before it calls would never find out that a model is back.
  package func isHealthy(_ model: CatalogModel, at now: Milliseconds) -> Bool {
    model.deployments.contains {
      deployments[DeploymentName($0)]?.circuit.mayCall(at: now) ?? true
    }
  }

  /// The changes since the last time this was asked.
  package mutating func takeChanges() -> [HealthChange] {
    defer { changes = [] }
    return changes
  }

  private mutating func allowsRepeat(of model: CatalogModel, at now: Milliseconds) -> Bool {
    models[model.name, default: ModelHealth(rules)].repeats.allowsRepeat(at: now)
  }

  private mutating func begin(
    _ index: Int, _ wish: CallWish, at now: Milliseconds
  ) -> CallTicket {
    let deployment = wish.model.deployments[index]
    let name = DeploymentName(deployment)
    let number = models[wish.model.name, default: ModelHealth(rules)]
      .count(isRepeat: wish.isRepeat, at: now)
    let rules = rules(of: wish.model)
    return change(name, at: now) { health in
      let isProbe = health.circuit.state != .closed
      let (stretch, counted) = health.begin(deployment, tokens: wish.tokens, rules, at: now)
      return CallTicket(
        deployment: name, isProbe: isProbe, stretch: stretch, model: wish.model.name,
        choice: number, counted: counted)
    }
  }

  /// What the catalog says of a model's failures comes before the rules of the house.
  private func rules(of model: CatalogModel) -> Circuit.Rules {
    model.cooldown.map { Circuit.Rules(failures: $0.failures, pause: $0.pause) } ?? rules.circuit
  }

  /// Does something to a deployment, and writes down what that changed.
  private mutating func change<Result>(
    _ name: DeploymentName, at now: Milliseconds, _ work: (inout DeploymentHealth) -> Result
  ) -> Result {
    let (result, change) = Self.follow(
      &deployments[name, default: DeploymentHealth()], name, at: now, work)
    if let change { changes.append(change) }
    return result
  }

  private static func follow<Result>(
    _ health: inout DeploymentHealth, _ name: DeploymentName, at now: Milliseconds,
    _ work: (inout DeploymentHealth) -> Result
  ) -> (Result, HealthChange?) {
    let before = health.circuit.state
    let result = work(&health)
    let after = health.circuit.state
    guard before != after else { return (result, nil) }
    health.counts.changed(to: after)
    return (result, HealthChange(deployment: name, from: before, to: after, at: now))
  }
}

/// A circuit that changed its state.
package struct HealthChange: Hashable, Sendable {
  package let deployment: DeploymentName
  package let from: Circuit.State
  package let to: Circuit.State
  package let at: Milliseconds
}

/// What a repeated call would meet.
package enum RepeatOutlook: Hashable, Sendable {
  /// Another deployment than the ones tried may be called at once.
  case elsewhere
  /// One that was tried already; zero where it may be called at once.
  case again(after: Milliseconds)
  case none(NoCall.Reason)
}

extension DeploymentCounts {
  fileprivate mutating func changed(to state: Circuit.State) {
    switch state {
    case .open: opened &+= 1
    case .halfOpen: probes &+= 1
    case .closed: closed &+= 1
    }
  }
}
