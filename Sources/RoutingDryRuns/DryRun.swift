package import OpenAIWire
package import PolicyExplain
package import PolicyGraph
package import PolicySemantics
import RoutingCompression
import RoutingRequests
package import RoutingRuntime

/// Decides and explains requests under one policy without calling anybody: what `rung explain` shows
/// and what a program that embeds the policy asks.
package struct DryRun: Sendable {
  package let explainer: RequestExplainer

  package init(_ explainer: RequestExplainer) { self.explainer = explainer }

  package var decider: Decider { explainer.decider }
  package var policy: CheckedPolicy { explainer.decider.graph.policy }

  /// Reads a body.
  package static func request(_ body: [UInt8]) throws(DryRunProblem) -> ChatRequest {
    do throws(WireProblem) {
      return try ChatRequest(body)
    } catch {
      throw .wire(error)
    }
  }

  /// The request with what is said beside it.
  ///
  /// - Throws: what no figure would cover, a name the policy does not have, a fact it does not
  ///   declare.
  package func input(
    for request: ChatRequest, at moment: LocalMoment, in situation: RequestSituation,
    isLogged: Bool = false
  ) throws(DryRunProblem) -> RequestInput {
    if let problem = UnboundedContent(request) { throw .content(problem) }
    var input = RequestInput(request, moment: moment)
    do throws(SituationProblem) {
      try situation.complete(&input, for: policy)
    } catch {
      throw .situation(error)
    }
    if !isLogged, !input.metadata.isEmpty || !input.keyFacts.isEmpty,
      let unknown = decider.graph.undeclaredFacts(of: input).first
    {
      throw .situation(
        .undeclaredFact(
          unknown, declared: policy.facts.map(\.name),
          place: policy.facts.first { $0.name == unknown }?.origin.place))
    }
    return input
  }

  /// Decides a request.
  package func decide(
    _ input: RequestInput, expecting expectations: Expectations
  ) throws(DryRunProblem) -> Decision {
    do throws(FactProblem) {
      return try decider.decide(input, expecting: expectations)
    } catch {
      throw .fact(error)
    }
  }

  /// Explains a request, with what a compression would do to it and whether it is asked with others
  /// beside their lines.
  package func explanation(
    of input: RequestInput, _ request: ChatRequest, named name: String?
  ) throws(DryRunProblem) -> Explanation {
    let decision = try decide(input, expecting: explainer.expectations)
    var explanation: Explanation
    do throws(FactProblem) {
      explanation = try explainer.explain(decision, of: input, named: name)
    } catch {
      throw .fact(error)
    }
    note(request, decision.plan, in: &explanation)
    return explanation
  }

  private func note(_ request: ChatRequest, _ plan: Plan, in explanation: inout Explanation) {
    let applies = RequestCompression.applies(plan)
    let made = applies ? RequestCompression(request, plan: plan, in: policy) : nil
    if let line = plan.batchLine, explanation.effects.indices.contains(line) {
      explanation.effects[line].note =
        BatchWords(request: made?.request ?? request, plan: plan).text
    }
    guard let made else { return }
    for (line, step) in zip(plan.compressLines, made.steps)
    where explanation.effects.indices.contains(line) {
      explanation.effects[line].note = CompressionWords(policy).sum(step)
    }
  }
}

extension CheckedFact.Origin {
  /// Where it is read, and where it is not.
  fileprivate var place: String {
    switch self {
    case .metadata: "from a request's metadata, not from the caller's key"
    case .key: "from the caller's key, not from a request"
    case .header(let name): "from the header `\(name)`, not from a request's metadata"
    }
  }
}
