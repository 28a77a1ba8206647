package import PolicySemantics
package import PolicyUnits
import RoutingRuntime

/// One answer a gate was asked about, and whether it was right.
package struct GateSample: Hashable, Sendable {
  package let place: Place
  /// Nil for a yes/no gate, and where it could not tell.
  package let score: Score?
  /// By the policy as it is.
  package let isAccepted: Bool
  package let hasFailed: Bool
  package let isRight: Bool

  /// The tier it stands at.
  package struct Place: Hashable, Sendable {
    package let ladder: String
    /// From 1.
    package let tier: Int
    package let model: String

    package init(ladder: String, tier: Int, model: String) {
      self.ladder = ladder
      self.tier = tier
      self.model = model
    }
  }

  package init(
    _ place: Place, score: Score?, isAccepted: Bool, hasFailed: Bool, isRight: Bool
  ) {
    self.place = place
    self.score = score
    self.isAccepted = isAccepted
    self.hasFailed = hasFailed
    self.isRight = isRight
  }
}

extension MatrixTrial {
  /// What a gate said on the way of a question; answers of which nothing says whether they are right
  /// are counted apart.
  package func samples(
    of gate: GateID, _ prepared: Prepared, _ outcome: QuestionOutcome
  ) -> (samples: [GateSample], ungraded: Int) {
    var samples: [GateSample] = []
    var ungraded = 0
    for attempt in outcome.attempts {
      guard let record = attempt.gates.first(where: { $0.gate == gate }),
        let model = attempt.model,
        let ladder = prepared.decision.plan.legs[attempt.leg].ladder
      else { continue }
      let name = name(of: model)
      guard let cell = self[prepared.item, name], let grade = grade(prepared.item, cell) else {
        ungraded += 1
        continue
      }
      let place = GateSample.Place(
        ladder: decider.frozen.policy[ladder].name, tier: attempt.step + 1, model: name)
      var score: Score?
      if case .score(let given) = record.result { score = given }
      samples.append(
        GateSample(
          place, score: score, isAccepted: record.isAccepted, hasFailed: record.result == .failed,
          isRight: grade.isRight))
    }
    return (samples, ungraded)
  }
}
