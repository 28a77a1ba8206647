import PolicyUnits
import RoutingCatalog

/// What the deployments of a wish are good for now; indices into the model's deployments.
struct Offers {
  var ready: [Int] = []
  var probes: [Int] = []
  var spared: Set<Int> = []
  var held: [(index: Int, reason: NoCall.Reason, until: Milliseconds?)] = []

  func isTried(_ index: Int, _ wish: CallWish) -> Bool {
    !wish.tried.isEmpty && wish.tried.contains(DeploymentName(wish.model.deployments[index]))
  }

  /// Why none may be called: what is over first, else what never is.
  func refusal(of wish: CallWish, at now: Milliseconds) -> NoCall {
    guard
      let first = held.min(by: { ($0.until?.count ?? .max) < ($1.until?.count ?? .max) })
    else { return NoCall(reason: .barred, wait: nil, deployment: nil) }
    return NoCall(
      reason: first.reason,
      wait: first.until.map { Milliseconds(max(0, $0.count.saturatingDifference(now.count))) },
      deployment: DeploymentName(wish.model.deployments[first.index]))
  }
}

extension HealthBook {
  mutating func offers(_ wish: CallWish, at now: Milliseconds) -> Offers {
    var offers = Offers()
    for index in wish.among where wish.model.deployments.indices.contains(index) {
      let deployment = wish.model.deployments[index]
      let name = DeploymentName(deployment)
      if !wish.barred.isEmpty, wish.barred.contains(name) { continue }
      // In place, as a copy would copy all the counted seconds; once, as a name is dear to hash.
      let (availability, isSpared) = deployments[name, default: DeploymentHealth()]
        .offer(deployment, tokens: wish.tokens, at: now)
      switch availability {
      case .ready: offers.ready.append(index)
      case .probe: offers.probes.append(index)
      case .not(let reason, let until): offers.held.append((index, reason, until))
      }
      if isSpared { offers.spared.insert(index) }
    }
    return offers
  }

  /// A probe that is due goes first, or a deployment that is back would never be found; a request
  /// that has failed once is not risked on one.
  mutating func pick(_ offers: Offers, _ wish: CallWish) -> Int? {
    if !wish.isRepeat, let probe = offers.probes.first(where: { !offers.isTried($0, wish) }) {
      return probe
    }
    if offers.ready.count == 1 { return offers.ready.first }
    let rank = { (index: Int) in
      (offers.isTried(index, wish) ? 2 : 0) + (offers.spared.contains(index) ? 1 : 0)
    }
    guard let best = offers.ready.map(rank).min() else { return offers.probes.first }
    return balance(offers.ready.filter { rank($0) == best }, of: wish.model)
  }

  private mutating func balance(_ ready: [Int], of model: CatalogModel) -> Int? {
    guard ready.count > 1 else { return ready.first }
    switch model.balance {
    case .weighted: return turn(ready, of: model)
    case .leastBusy: return leastBusy(ready, of: model)
    case .fastest: return fastest(ready, of: model)
    }
  }

  private mutating func turn(_ ready: [Int], of model: CatalogModel) -> Int? {
    let names = ready.map { index in
      let deployment = model.deployments[index]
      // Weights count under `balance: weighted`; elsewhere turns only break ties.
      let weight = model.balance == .weighted ? deployment.weight : 1
      return (name: DeploymentName(deployment), weight: weight)
    }
    let next = models[model.name, default: ModelHealth(rules)].turns.next(names)
    return next.map { ready[$0] }
  }

  /// Those that are as busy take turns.
  private mutating func leastBusy(_ ready: [Int], of model: CatalogModel) -> Int? {
    let calls = ready.map { health(of: $0, model)?.inFlight ?? 0 }
    guard let least = calls.min() else { return nil }
    return turn(zip(ready, calls).filter { $0.1 == least }.map(\.0), of: model)
  }

  /// What has not been measured is, and one call in twenty measures the one measured longest ago:
  /// what was slow once may be fast again.
  private mutating func fastest(_ ready: [Int], of model: CatalogModel) -> Int? {
    let fresh = ready.filter {
      health(of: $0, model)?.firstByte.order == nil && (health(of: $0, model)?.inFlight ?? 0) == 0
    }
    if let first = fresh.first { return first }
    let known = ready.filter { health(of: $0, model)?.firstByte.order != nil }
    guard !known.isEmpty else { return leastBusy(ready, of: model) }
    let choices = models[model.name]?.choices ?? 0
    if choices % 20 == 19 {
      return known.min { age($0, model) < age($1, model) }
    }
    return known.min { speed($0, model) < speed($1, model) }
  }

  private func health(of index: Int, _ model: CatalogModel) -> DeploymentHealth? {
    deployments[DeploymentName(model.deployments[index])]
  }

  private func age(_ index: Int, _ model: CatalogModel) -> UInt64 {
    health(of: index, model)?.firstByte.measured ?? 0
  }

  private func speed(_ index: Int, _ model: CatalogModel) -> Int64 {
    health(of: index, model)?.firstByte.order ?? .max
  }
}
