import OpenAIWire
import PolicyGraph
import RoutingBudgets
import RoutingRuntime

extension RequestService {
  /// Decides a request for vectors by what its budgets and limits have used now.
  ///
  /// Its row records no facts: there is no route to explain.
  func decide(
    _ request: AcceptedRequest, for wanted: EmbeddingsRequest
  ) async throws(DecisionFailure) -> (BudgetedDecision, EmbeddingPlan) {
    var input = request.asked.input
    noteHealth(in: &input)
    try await fill(&input)
    var facts = try facts(of: input)
    var scratch = Scratch(for: decider.graph)
    let plan = decider.embedding(
      by: wanted.model, tokens: wanted.tokenBound, input, &facts, in: &scratch)
    let budgeted = BudgetedDecision(
      decided: DecidedRequest(input: input, decision: plan.decision), facts: [],
      claims: try claims(of: plan.decision, input, facts),
      full: counters.full(of: plan.decision, for: input, facts))
    return (budgeted, plan)
  }
}
