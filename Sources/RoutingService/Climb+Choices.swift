import PolicySemantics
import RoutingGates
import RoutingRuntime

extension Climb {
  /// Whether any answer has to pass a gate.
  var hasGates: Bool { legs.contains { leg in leg.steps.contains { !$0.accepts.isEmpty } } }

  /// The first gate of an answer that would have to be asked about several, and needs more than
  /// their texts; nil if there is none.
  func firstGateOfSeveral(_ gates: GateBook, in policy: CheckedPolicy) -> String? {
    for leg in legs {
      for step in leg.steps where step.dropped == nil && step.choices > 1 {
        if let pass = step.accepts.first(where: { !gates.covers($0.gate) }) {
          return policy[pass.gate].name
        }
      }
    }
    return nil
  }

  /// What a gate says of all answers of one call together.
  func verdict(
    _ question: GateQuestion, on answer: AnswerFacts, each: (AnswerFacts) -> GateResult
  ) -> GateResult {
    guard !answer.others.isEmpty, legs.indices.contains(question.leg),
      legs[question.leg].steps.indices.contains(question.step),
      let pass = legs[question.leg].steps[question.step].accepts.first(where: {
        $0.gate == question.gate
      })
    else { return each(answer) }
    return pass.worst(of: ([answer] + answer.others).map(each)) ?? .failed
  }
}
