import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import YAMLReading

/// Where a model runs and how calls are spread.
struct Placement {
  var deployments: [UpstreamDeployment] = []
  var balance = Balance.weighted
  var cooldown: Cooldown?
}

extension CatalogBuilder {
  static let placementKeys =
    ["deployments", "balance", "cooldown", "upstream"] + shortKeys

  /// Keys of the one deployment of a model; in a list each entry has its own.
  private static let shortKeys = ["provider", "region", "rpm", "tpm"]

  /// The deployments of the model or embedder of this name, at least one if there was no mistake.
  mutating func placement(of name: String, _ fields: Fields) -> Placement {
    let upstream = value(fields["upstream"], .text) ?? name
    var placement = Placement()
    if let list = fields["deployments"] {
      for key in Self.shortKeys {
        guard let entry = fields[key] else { continue }
        problems.report(
          .catalogConflict, "`\(key)` stands beside `deployments`", at: entry.keySpan,
          note: "with a list each deployment names its own")
      }
      placement.deployments = deployments(list, upstream: upstream)
    } else if let deployment = deployment(fields, upstream: upstream) {
      placement.deployments = [deployment]
    }
    if let balance = value(fields["balance"], .choice(of: Balance.self)) {
      placement.balance = balance
    }
    placement.cooldown = cooldown(fields["cooldown"])
    warnOfIdleKeys(fields, placement)
    return placement
  }

  private mutating func deployments(
    _ list: YAMLEntry, upstream: String
  ) -> [UpstreamDeployment] {
    guard let items = items(of: list) else { return [] }
    if items.isEmpty {
      problems.report(
        .catalogMissingKey, "`deployments` names no deployment", at: list.keySpan)
    }
    return items.compactMap { item in
      guard
        let fields = fields(
          of: item, "a deployment", at: item.span, keys: Self.shortKeys + ["upstream", "weight"])
      else { return nil }
      return deployment(fields, upstream: value(fields["upstream"], .text) ?? upstream)
    }
  }

  private mutating func deployment(
    _ fields: Fields, upstream: String
  ) -> UpstreamDeployment? {
    let provider = provider(required(fields, "provider"))
    let region = region(fields["region"])
    let weight = value(fields["weight"], .count)
    let requests = value(fields["rpm"], .count)
    let tokens = value(fields["tpm"], .count)
    guard let provider else { return nil }
    return UpstreamDeployment(
      provider: provider, region: region, upstream: upstream, weight: weight ?? 1,
      requestsPerMinute: requests, tokensPerMinute: tokens)
  }

  /// As the policy language sees them.
  func described(_ deployments: [UpstreamDeployment]) -> [Deployment] {
    deployments.map { deployment in
      let bills: Bool? =
        switch billing[deployment.provider] {
        case .yes: true
        case .no: false
        case .unknown, nil: nil
        }
      return Deployment(
        provider: deployment.provider, region: deployment.region, billsCancelled: bills,
        upstream: deployment.upstream)
    }
  }

  private mutating func cooldown(_ entry: YAMLEntry?) -> Cooldown? {
    guard let entry,
      let fields = fields(
        of: entry.value, "`cooldown`", at: entry.keySpan, keys: ["after", "for"])
    else { return nil }
    let failures = value(required(fields, "after"), .failures)
    let pause = value(required(fields, "for"), .duration)
    guard let failures, let pause else { return nil }
    return Cooldown(failures: failures, pause: pause)
  }

  /// Nothing is ignored in silence: what cannot have an effect is said.
  private mutating func warnOfIdleKeys(_ fields: Fields, _ placement: Placement) {
    let count = placement.deployments.count
    let isWeighted = placement.balance == .weighted
    if let balance = fields["balance"], count < 2 {
      problems.report(
        .catalogNoEffect, "`balance` has nothing to balance", at: balance.span,
        note: "the model has one deployment", severity: .warning)
    }
    guard let list = fields["deployments"], case .sequence(let items) = list.value.content,
      count < 2 || !isWeighted
    else { return }
    for case .mapping(let entries) in items.map(\.content) {
      for entry in entries where entry.key == "weight" {
        problems.report(
          .catalogNoEffect, "`weight` has no effect", at: entry.span,
          note: isWeighted ? "the model has one deployment" : "it counts under `balance: weighted`",
          severity: .warning)
      }
    }
  }
}
