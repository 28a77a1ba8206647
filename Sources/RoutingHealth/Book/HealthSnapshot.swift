package import PolicyUnits

/// What is known of all deployments at one instant, for status pages, metrics and logs.
package struct HealthSnapshot: Sendable {
  /// By name.
  package let deployments: [Deployment]
  /// By name.
  package let models: [Model]

  package struct Deployment: Sendable {
    package let name: DeploymentName
    package let state: Circuit.State
    /// In a row, since the last success.
    package let failures: Int64
    /// How much longer it asked not to be called; nil if it did not.
    package let rest: Milliseconds?
    package let inFlight: Int
    /// To the first byte, the latest calls counting most; nil before the first measurement.
    package let firstByte: Milliseconds?
    /// Of the last minute.
    package let requests: Int64
    /// Of the last minute, calls under way at the most they may use.
    package let tokens: Int64
    /// Since the start.
    package let counts: DeploymentCounts
  }

  package struct Model: Sendable {
    package let name: String
    /// Calls that were given a deployment, since the start; repeats are among them.
    package let calls: UInt64
    package let repeats: UInt64
    /// Calls that found none, by the reason.
    package let refusals: [NoCall.Reason: UInt64]
  }
}

extension HealthBook {
  package mutating func snapshot(at now: Milliseconds) -> HealthSnapshot {
    var rows: [HealthSnapshot.Deployment] = []
    for name in deployments.keys.sorted() {
      guard var health = deployments[name] else { continue }
      let used = health.limits.used(at: now)
      let rest = health.restsUntil.saturatingDifference(now.count)
      rows.append(
        HealthSnapshot.Deployment(
          name: name, state: health.circuit.state, failures: health.circuit.failures,
          rest: rest > 0 ? Milliseconds(rest) : nil, inFlight: health.inFlight,
          firstByte: health.firstByte.mean, requests: used.requests, tokens: used.tokens,
          counts: health.counts))
    }
    return HealthSnapshot(
      deployments: rows,
      models: models.sorted { $0.key < $1.key }.map { name, model in
        HealthSnapshot.Model(
          name: name, calls: model.choices, repeats: model.repeated, refusals: model.refusals)
      })
  }
}
