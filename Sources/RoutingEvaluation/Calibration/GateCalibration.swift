package import PolicySemantics
import PolicySyntax
package import PolicyUnits
import RoutingRuntime

/// How often an answer is right that a gate has accepted, tier by tier and threshold by threshold.
package struct GateCalibration: Sendable {
  package let gate: GateID
  package let tiers: [Tier]

  /// One place in a ladder where the gate stands.
  package struct Tier: Sendable {
    package let place: GateSample.Place
    package let model: ModelID
    /// Nil for a yes/no gate.
    package let threshold: CheckedLadder.Threshold?
    /// Answers it was asked about.
    package let asked: Int
    /// Of those, it could not tell.
    package let failed: Int
    /// As the policy has it.
    package let written: Row
    /// By threshold, from the one that accepts most on; empty for a yes/no gate.
    package let rows: [Row]
    /// Thresholds at which something changes, of which `rows` may show fewer.
    package let distinct: Int
  }

  package struct Row: Hashable, Sendable {
    /// Nil for a yes/no gate.
    package let threshold: Score?
    /// Right ones of those that are accepted.
    package let accepted: RateEstimate
  }

  /// Rows that are shown of a tier at most.
  package static let shown = 12

  /// `onlyAccepted` says that nothing is known of answers that were rejected: then no threshold below
  /// the policy's can be judged.
  package init(
    _ gate: GateID, of policy: CheckedPolicy, _ samples: [GateSample], onlyAccepted: Bool = false
  ) {
    self.gate = gate
    var tiers: [Tier] = []
    for ladder in policy.ladders {
      for (index, tier) in ladder.tiers.enumerated() {
        guard let pass = tier.accepts.first(where: { $0.gate == gate }) else { continue }
        let place = GateSample.Place(
          ladder: ladder.name, tier: index + 1, model: policy[tier.model].name)
        let own = samples.filter { $0.place == place }
        tiers.append(
          Tier(
            place, tier.model, pass.threshold, own,
            acceptsOnFailure: policy[gate].acceptsOnFailure, onlyAccepted: onlyAccepted))
      }
    }
    self.tiers = tiers
  }
}

extension GateCalibration.Tier {
  fileprivate init(
    _ place: GateSample.Place, _ model: ModelID, _ threshold: CheckedLadder.Threshold?,
    _ samples: [GateSample], acceptsOnFailure: Bool, onlyAccepted: Bool
  ) {
    self.place = place
    self.model = model
    self.threshold = threshold
    asked = samples.count
    failed = samples.count(where: \.hasFailed)
    let accepted = samples.filter(\.isAccepted)
    written = GateCalibration.Row(
      threshold: threshold?.score,
      accepted: RateEstimate(hits: accepted.count(where: \.isRight), of: accepted.count))
    guard let threshold else {
      (rows, distinct) = ([], 0)
      return
    }
    let isFalling =
      switch threshold.comparison {
      case .less, .lessOrEqual: true
      case .equal, .notEqual, .greater, .greaterOrEqual: false
      }
    var scores = Set(samples.compactMap(\.score))
    if onlyAccepted {
      scores = scores.filter {
        threshold.comparison.holds($0.millionths, threshold.score.millionths)
      }
    }
    distinct = scores.count
    scores.insert(threshold.score)
    let order = scores.sorted { isFalling ? $0 > $1 : $0 < $1 }
    rows = Self.spread(order, keeping: threshold.score).map { limit in
      let passed = samples.filter { sample in
        guard let score = sample.score else { return sample.hasFailed && acceptsOnFailure }
        return threshold.comparison.holds(score.millionths, limit.millionths)
      }
      return GateCalibration.Row(
        threshold: limit,
        accepted: RateEstimate(hits: passed.count(where: \.isRight), of: passed.count))
    }
  }

  /// Evenly, with both ends and one that must be there.
  private static func spread(_ order: [Score], keeping score: Score) -> [Score] {
    guard order.count > GateCalibration.shown else { return order }
    let last = GateCalibration.shown - 1
    var kept = Set((0...last).map { order[$0 * (order.count - 1) / last] })
    kept.insert(score)
    return order.filter(kept.contains)
  }
}
