import PolicyGraph
import PolicySemantics
package import RoutingRuntime

extension Explainer {
  /// Decides a recorded request again and says why, with every outcome of a classifier that has to
  /// answer first.
  ///
  /// The words of a live request, but that nothing is quoted from its texts. `decider` is that of the
  /// explainer's graph, under which the request was recorded.
  package func explain(
    _ request: RecordedRequest, by decider: Decider, requestName: String? = nil
  ) -> (decision: Decision, explanation: Explanation) {
    let decision = decider.decide(request)
    var branches: [Explanation.Branch] = []
    if case .needs(let id) = decision.outcome {
      let classifier = policy[id]
      for (index, label) in classifier.labels.enumerated() {
        let (_, explanation) = explain(
          request.answering(id, label: index), by: decider, requestName: requestName)
        branches.append(
          Explanation.Branch(
            label: label, isFailureValue: index == classifier.onFailure, explanation: explanation)
        )
      }
    }
    var facts = graph.facts(of: request.facts)
    let explanation = explain(
      decision, facts: &facts, requestName: requestName, expecting: request.expectations,
      branches: branches)
    return (decision, explanation)
  }
}
