package import PolicyGraph
import PolicySemantics
package import RoutingRuntime

/// Decides and explains requests without calling anybody: what a dry run shows.
package struct RequestExplainer: Sendable {
  package let decider: Decider
  /// Where the policy lies, as explanations name it.
  package let path: String
  package let expectations: Expectations

  package init(
    _ decider: Decider, path: String, expectations: Expectations = Expectations()
  ) {
    self.decider = decider
    self.path = path
    self.expectations = expectations
  }

  /// With every outcome of a classifier side by side, each explained as if it had been answered.
  ///
  /// - Throws: if the request does not fit the policy's facts.
  package func explain(
    _ input: RequestInput, named name: String?
  ) throws(FactProblem) -> Explanation {
    try explain(decider.decide(input, expecting: expectations), of: input, named: name)
  }

  /// The same for a decision that has been made of this input.
  package func explain(
    _ decision: Decision, of input: RequestInput, named name: String?
  ) throws(FactProblem) -> Explanation {
    let graph = decider.graph
    var branches: [Explanation.Branch] = []
    if case .needs(let id) = decision.outcome {
      let classifier = graph.policy[id]
      for (index, label) in classifier.labels.enumerated() {
        var answered = input
        answered.state.classifiers[id] = index
        branches.append(
          Explanation.Branch(
            label: label, isFailureValue: index == classifier.onFailure,
            explanation: try explain(answered, named: name)))
      }
    }
    var facts = try graph.facts(of: input)
    return Explainer(graph: graph, policyPath: path).explain(
      decision, facts: &facts, requestName: name, expecting: expectations, branches: branches)
  }
}
