import PolicyDiagnostics
package import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
package import RoutingRuntime

/// Turns a decision into its explanation by asking the one evaluator for its reasons.
package struct Explainer {
  let graph: DecisionGraph
  let text: PolicyText
  let policyPath: String
  /// The request's texts while it is explained, to show what was found in them.
  private(set) var texts: [TextPart: [UInt8]] = [:]

  var policy: CheckedPolicy { graph.policy }

  package init(graph: DecisionGraph, policyPath: String) {
    self.graph = graph
    self.policyPath = policyPath
    text = PolicyText(graph.policy)
  }

  /// The words for one decision about one request.
  ///
  /// The decision was made by this graph from `facts`; `branches` are what each label of the
  /// classifier it needs would lead to. Without `quotingTexts` nothing of the request's texts is
  /// shown: words that were found are named as the policy writes them, as in a recorded request,
  /// which has no texts. Every earlier route is asked why it does not hold: O(routes × their size).
  package func explain(
    _ decision: Decision, facts: inout RequestFacts, requestName: String? = nil,
    expecting expectations: Expectations = Expectations(), branches: [Explanation.Branch] = [],
    quotingTexts: Bool = true
  ) -> Explanation {
    var explainer = self
    if quotingTexts {
      var texts = facts.texts
      for part in TextPart.allCases { explainer.texts[part] = texts.bytes(of: part) }
    }
    return explainer.explanation(of: decision, &facts, requestName, expectations, branches)
  }

  private func explanation(
    of decision: Decision, _ facts: inout RequestFacts, _ requestName: String?,
    _ expectations: Expectations, _ branches: [Explanation.Branch]
  ) -> Explanation {
    var scratch = Scratch(for: graph)
    return Explanation(
      policyPath: policyPath,
      policyFingerprint: decision.fingerprints.policy,
      catalogFingerprint: decision.fingerprints.catalog,
      requestName: requestName,
      outcome: outcome(decision, branches),
      route: decision.route.map { route($0, &facts, &scratch) },
      task: decision.task.map { task($0, &facts, &scratch) },
      arm: decision.arm.map(arm),
      missed: missed(before: decision.route, &facts, &scratch),
      calls: decision.plan.calls.map { call($0, of: decision.plan) },
      effects: effects(decision.plan),
      budgets: decision.budgets.map(budget),
      cost: cost(decision.cost),
      expectedBasis: basis(of: decision, expectations),
      currency: policy.vocabulary.currency)
  }

  private func outcome(
    _ decision: Decision, _ branches: [Explanation.Branch]
  ) -> Explanation.Outcome {
    switch decision.outcome {
    case .route: return .route
    case .refused(let refusal):
      let (statement, code) = words(refusal)
      return .refused(statement, code: code)
    case .needs(let id):
      let classifier = policy[id]
      return .needs(
        classifier: classifier.name,
        method: text.statement(words(classifier.method), classifier.span), branches: branches)
    }
  }

  private func route(
    _ id: RouteID, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> Explanation.RouteLine {
    let route = policy[id]
    let why = why(.route(id), &facts, &scratch)
    return Explanation.RouteLine(
      name: route.name, place: text.place(route.span),
      why: why ?? [otherwise("no earlier route holds", route.conditionSpan)])
  }

  private func task(
    _ id: TaskID, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> Explanation.TaskLine {
    let task = policy[id]
    let why = why(.task(id), &facts, &scratch)
    return Explanation.TaskLine(
      name: task.name, place: text.place(task.span),
      why: why ?? [otherwise("no earlier task holds", task.span)])
  }

  private func otherwise(
    _ observed: String, _ span: Span
  ) -> Explanation.Observation {
    Explanation.Observation(
      condition: "otherwise", observed: observed, holds: true, place: text.place(span))
  }

  /// The tests that made a condition hold; nil where there is no condition.
  private func why(
    _ site: ConditionSite, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> [Explanation.Observation]? {
    graph.reason(for: site, &facts, in: &scratch)?.tests.map { observation($0) }
  }

  /// Earlier routes that do not hold, those with the fewest tests to turn first.
  private func missed(
    before winner: RouteID?, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> [Explanation.MissedRoute] {
    var list: [Explanation.MissedRoute] = []
    for index in 0..<(winner?.index ?? 0) {
      let id = RouteID(index)
      guard let reason = graph.reason(for: .route(id), &facts, in: &scratch) else { continue }
      let distance = graph.distance(from: .route(id), &facts, in: &scratch)
      list.append(
        Explanation.MissedRoute(
          name: policy[id].name, place: text.place(policy[id].span), distance: distance,
          failed: failure(reason)))
    }
    // Of two equally near, the later one stands closer to the winner.
    return list.enumerated()
      .sorted { ($0.element.distance, -$0.offset) < ($1.element.distance, -$1.offset) }
      .map(\.element)
  }
}
